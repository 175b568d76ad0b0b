import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Problem } from '@/lib/core/problem/problem';
import { toProblem } from '@/lib/core/problem/problem';
import { PRIVATE } from '@/lib/server/http/private';

export interface Refusal {
  readonly status: number;
  readonly problem: Problem;
  readonly retryAfterSeconds?: number;
}

/** `TRACE` and the rest would only find faults further in. */
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD']);
/** Pages are read; of the API some routes change something or spend something, and each of them says which methods it has. */
const API_METHODS: ReadonlySet<string> = new Set([...METHODS, 'POST', 'PATCH', 'DELETE']);
const API_PATH = /^(?:\/[^?]*)?\/api\/experiments\/\d/;

const LOOPBACK_NAME = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;

/**
 * Requests that no page and no route should ever see; null when it may pass. While we listen on this machine alone,
 * only its own names are answered: a foreign page whose name was made to point here (DNS rebinding) would read along.
 */
export function findRefusal(
  { method = '', url = '', headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  { isLoopback }: { readonly isLoopback: boolean },
): Refusal | null {
  const methods = API_PATH.test(url) ? API_METHODS : METHODS;
  if (!methods.has(method))
    return refuse(405, 'invalid-input', `only ${[...methods].join(', ')} are offered`, 'method');
  if (!isDecodable(url.split('?', 1)[0] ?? ''))
    return refuse(400, 'invalid-input', 'the path is not valid percent-encoded text', 'path');
  if (isLoopback && headers.host !== undefined && !LOOPBACK_NAME.test(headers.host))
    return refuse(
      403,
      'forbidden',
      'This app answers to localhost only; ALLOW_ANONYMOUS=1 opens it to other names.',
      'host',
    );
  return null;
}

/** Answers in the error form of every route; to `HEAD` without the body. */
export function answerRefusal(
  response: ServerResponse,
  { status, problem, retryAfterSeconds }: Refusal,
): void {
  response.writeHead(status, {
    ...PRIVATE,
    'Content-Type': 'application/json',
    ...(status === 405 && { Allow: [...METHODS].join(', ') }),
    ...(retryAfterSeconds !== undefined && { 'Retry-After': retryAfterSeconds }),
  });
  response.end(JSON.stringify({ error: problem }));
}

const refuse = (
  status: number,
  code: 'invalid-input' | 'forbidden',
  detail: string,
  field: string,
): Refusal => ({ status, problem: toProblem(code, detail, { field }) });

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
