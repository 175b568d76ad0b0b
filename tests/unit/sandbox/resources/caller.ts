import type { Turn } from '@/lib/sandbox/world/turn';
import { BASE, createTestSandbox, toTokenForm } from '../test-sandbox';

export type Row = Readonly<Record<string, unknown>>;

export interface Answer {
  readonly status: number;
  readonly row: Row;
  readonly text: string;
}

/** A sandbox of its own, asked as one client; every call takes a second, so that no window fills. */
export interface Caller {
  readonly clock: { nowMs: number };
  call(method: string, path: string, body?: unknown): Promise<Answer>;
  /** The row of a call that must go well. */
  done(method: string, path: string, body?: unknown): Promise<Row>;
  /** The message of a call that must be refused with this status. */
  refused(status: number, method: string, path: string, body?: unknown): Promise<string>;
  turns(experimentId: unknown): readonly Turn[];
  /** Everything its people have changed, to see that a refused call changed nothing. */
  kept(): string;
  setFaults: Awaited<ReturnType<typeof createTestSandbox>>['control']['setFaults'];
  /** The same sandbox as another client sees it, by its name and the secret that goes with it. */
  as(client: string): Promise<Pick<Caller, 'call' | 'done' | 'refused'>>;
}

export const INSURANCE = 20101;
export const BANK = 20102;
export const SHOP = 20103;
export const PAGE = 'https://www.insurance.example/offer';

/** The least that makes an experiment. */
export const NEW = { name: 'Shorter form', siteId: INSURANCE, baseURL: PAGE };

export async function createCaller(): Promise<Caller> {
  const { clock, send, control } = await createTestSandbox();

  const toCalls = (headers: Readonly<Record<string, string>>) => {
    const call: Caller['call'] = async (method, path, body) => {
      clock.nowMs += 1_000;
      const json = { ...headers, 'content-type': 'application/json' };
      const init =
        body === undefined
          ? { method, headers }
          : { method, headers: json, body: typeof body === 'string' ? body : JSON.stringify(body) };
      const response = await send(path, init);
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json') === true;
      return { status: response.status, text, row: isJson ? (JSON.parse(text) as Row) : {} };
    };
    const done: Caller['done'] = async (method, path, body) => {
      const { status, row, text } = await call(method, path, body);
      if (status !== 200 && status !== 201) throw new Error(`${method} ${path}: ${status} ${text}`);
      return row;
    };
    const refused: Caller['refused'] = async (expected, method, path, body) => {
      const { status, row, text } = await call(method, path, body);
      if (status !== expected) throw new Error(`${method} ${path}: ${status} ${text}`);
      return String(row['message']);
    };
    return { call, done, refused };
  };

  return {
    clock,
    ...toCalls({}),
    turns: (id) => control.keepable.save().state.turns[String(id)] ?? [],
    kept: () => {
      const { collections, turns } = control.keepable.save().state;
      return JSON.stringify({ collections, turns });
    },
    setFaults: control.setFaults,
    as: async (client) => {
      const form = { client_id: `${client}-client`, client_secret: `${client}-secret` };
      const request = new Request(`${BASE}/oauth/token`, {
        method: 'POST',
        body: toTokenForm(form),
      });
      const { access_token } = (await (await control.fetch(request)).json()) as Row;
      return toCalls({ authorization: `Bearer ${String(access_token)}` });
    },
  };
}

/** What PATCH answers is whole: the goals of an experiment as they are. */
export const whole = (id: unknown): string =>
  `/experiments/${String(id)}?optionalFields=goals,tags`;
