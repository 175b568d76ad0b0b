import type { Budget } from './budget';
import { asRow, asRows, type Row } from './shape';
import { send, type Answer, type Call, type Query } from './wire';

/** One account of the API. `read`, `list`, `make` and `change` insist on success; `call` takes what comes. */
export interface Api {
  call(method: string, path: string, rest?: Partial<Call>): Promise<Answer>;
  read(path: string, query?: Query): Promise<Row>;
  list(path: string, query?: Query): Promise<readonly Row[]>;
  /** POST that must answer 201. */
  make(path: string, body: unknown, query?: Query): Promise<Row>;
  /** PATCH that must answer 200. */
  change(path: string, body: unknown, query?: Query): Promise<Row>;
}

/** An account at `base`; `token` is asked before every request. */
export function createApi(base: string, token: () => Promise<string>, budget: Budget): Api {
  const call: Api['call'] = async (method, path, rest = {}) => {
    await budget.take();
    const headers = { Authorization: `Bearer ${await token()}`, ...rest.headers };
    return send(base, { ...rest, method, path, headers });
  };
  const insist = async (status: number, method: string, path: string, rest: Partial<Call>) => {
    const answer = await call(method, path, rest);
    if (answer.status !== status)
      throw new Error(
        `${method} ${path}: ${answer.status}, not ${status}: ${answer.text.slice(0, 300)}`,
      );
    return answer.json();
  };
  return {
    call,
    read: async (path, query = {}) => asRow(await insist(200, 'GET', path, { query })),
    list: async (path, query = {}) => asRows(await insist(200, 'GET', path, { query })),
    make: async (path, body, query = {}) => asRow(await insist(201, 'POST', path, { body, query })),
    change: async (path, body, query = {}) =>
      asRow(await insist(200, 'PATCH', path, { body, query })),
  };
}
