import type { FakeClock } from '@/tests/fakes/clock';
import { createFakeClock } from '@/tests/fakes/clock';
import type { KameleoonClientOptions } from '@/lib/server/kameleoon/create-client';
import { createKameleoonClient } from '@/lib/server/kameleoon/create-client';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly authorization: string | null;
  readonly body: string;
  readonly url: string;
  readonly atMs: number;
}

export type Route = (request: SeenRequest) => Response | Promise<Response>;

export const json = (body: unknown, init: ResponseInit = {}): Response =>
  new Response(JSON.stringify(body), {
    ...init,
    headers: { 'content-type': 'application/json', ...init.headers },
  });

export const CLIENT_SECRET = 'shh/very+secret';

/** An API that counts: routes by `METHOD /path`, a path part `*` matches one segment. */
export function createFakeUpstream(clock: FakeClock, routes: Record<string, Route>) {
  const seen: SeenRequest[] = [];
  let tokens = 0;
  const all: Record<string, Route> = {
    'POST /oauth/token': () => {
      tokens += 1;
      return json({ access_token: `token-${tokens}`, token_type: 'bearer', expires_in: 7200 });
    },
    ...routes,
  };
  const find = (key: string): Route | undefined =>
    all[key] ??
    Object.entries(all).find(([pattern]) =>
      new RegExp(`^${pattern.replaceAll('*', '[^/]+')}$`).test(key),
    )?.[1];

  const fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(String(input));
    const request: SeenRequest = {
      method: init?.method ?? 'GET',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      authorization: new Headers(init?.headers).get('authorization'),
      body: typeof init?.body === 'string' ? init.body : '',
      url: url.href,
      atMs: clock.monotonicMs(),
    };
    seen.push(request);
    const route = find(`${request.method} ${request.path}`);
    return route ? route(request) : json({ status: 'ERROR', message: 'no route' }, { status: 404 });
  };
  const to = (start: string): SeenRequest[] =>
    seen.filter(({ method, path }) => `${method} ${path}`.startsWith(start));
  return {
    fetch,
    seen,
    to,
    tokensGiven: () => tokens,
    replace: (key: string, route: Route): void => {
      all[key] = route;
    },
  };
}

/** Lets fake time pass until the promise settles. */
export async function within<T>(
  clock: FakeClock,
  promise: Promise<T>,
  maxMs = 180_000,
): Promise<T> {
  let settled = false;
  const mark = (): void => {
    settled = true;
  };
  promise.then(mark, mark);
  for (let t = 0; !settled && t < maxMs; t += 50) await clock.advance(50);
  if (!settled) throw new Error(`nothing came of it within ${maxMs} ms`);
  return promise;
}

export function setUp(routes: Record<string, Route>, more: Partial<KameleoonClientOptions> = {}) {
  const clock = createFakeClock();
  const upstream = createFakeUpstream(clock, routes);
  const client = createKameleoonClient({
    baseUrl: 'https://api.test',
    clientId: 'me',
    clientSecret: CLIENT_SECRET,
    fetch: upstream.fetch,
    clock,
    random: () => 0.5,
    ...more,
  });
  return { clock, upstream, client };
}
