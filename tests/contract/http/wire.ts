import { LIVE } from './mode';
import { asRow, asRows, type Row } from './shape';

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query?: Query;
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Lists and objects are sent as JSON; several values of one name as `[name, value]` pairs. */
export type Query = Readonly<Record<string, unknown>> | readonly (readonly [string, string])[];

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; throws with the body when it is none. */
  json(): unknown;
  row(): Row;
  rows(): readonly Row[];
}

export function toUrl(base: string, path: string, query: Query = {}): string {
  const pairs = Array.isArray(query)
    ? (query as readonly (readonly [string, string])[])
    : Object.entries(query).map(([name, value]) => [name, toParameter(value)] as const);
  const encoded = pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return `${base}${path}${encoded ? `?${encoded}` : ''}`;
}

const toParameter = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);

/** What changes nothing, methods and paths: all that may ever reach a real account. */
const READS =
  /^(GET \/.*|POST \/oauth\/token|POST \/[a-z-]+\/search|POST \/(experiments|feature-flags)\/\d+\/results)$/;

/** One request as it is, redirects not followed. A server that says nothing for 30 s is given up. */
export async function send(base: string, call: Call): Promise<Answer> {
  if (LIVE && !READS.test(`${call.method} ${call.path}`))
    throw new Error(`${call.method} ${call.path} is no read: a real account is never written to`);
  const body =
    call.body === undefined || typeof call.body === 'string'
      ? call.body
      : JSON.stringify(call.body);
  const response = await fetch(toUrl(base, call.path, call.query), {
    method: call.method,
    redirect: 'manual',
    signal: AbortSignal.timeout(30_000),
    headers: {
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...call.headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  return toAnswer(call, response.status, response.headers, await response.text());
}

function toAnswer(call: Call, status: number, headers: Headers, text: string): Answer {
  const json = (): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      throw new Error(
        `${call.method} ${call.path} answered ${status} with no JSON: ${text.slice(0, 300)}`,
      );
    }
  };
  return { status, headers, text, json, row: () => asRow(json()), rows: () => asRows(json()) };
}
