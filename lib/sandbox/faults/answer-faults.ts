import { toErrorBody } from '@/lib/sandbox/api/api-error';
import type { About } from './about';
import type { Settings } from './fault';
import type { FaultBoard } from './fault-board';
import { toRetryAfter } from './retry-after';

/**
 * What comes instead of a good answer. A request the API refuses by itself keeps its refusal: the
 * faults strike only what would have gone well. `toldMs` is the server's own time.
 */
export async function spoilAnswer(
  answer: Response,
  about: About,
  board: FaultBoard,
  toldMs: number,
): Promise<Response> {
  if (!answer.ok) return answer;
  const toError = (status: number, message: string, headers: HeadersInit = {}): Response =>
    Response.json(toErrorBody(message, toldMs), { status, headers });

  if (board.strike('credentials-refused', about)) {
    const body = { error: 'invalid_client', error_description: 'Bad client credentials.' };
    return Response.json(body, { status: 401 });
  }
  const throttled = board.strike('throttled', about);
  if (throttled) {
    return toError(429, 'Too many requests.', toRetryAfter(throttled.settings, toldMs));
  }
  if (board.strike('forbidden', about)) return toError(403, 'Access is denied.');
  const refused = board.strike('status', about);
  if (refused) return toRefusal(refused.settings, toldMs);
  const page = board.strike('html', about);
  if (page) return toPage(page.settings.status);
  if (board.strike('error-inside', about)) return toError(200, 'Data access error.');
  const renamed = board.strike('content-type', about);
  if (renamed) {
    const headers = new Headers(answer.headers);
    headers.set('content-type', renamed.settings.value);
    return new Response(await answer.arrayBuffer(), { status: answer.status, headers });
  }
  return answer;
}

function toRefusal(settings: Settings<'status'>, toldMs: number): Response {
  const { status, form } = settings;
  const init = { status, headers: toRetryAfter(settings, toldMs) };
  switch (form) {
    case 'api':
      return Response.json(toErrorBody('Data access error.', toldMs), init);
    case 'results':
      return Response.json({ serviceName: 'Data client', message: 'Data access error.' }, init);
    case 'empty':
      return new Response('', init);
    case 'html':
      return toPage(status, init.headers);
  }
}

function toPage(status: number, headers: Record<string, string> = {}): Response {
  const html =
    '<!doctype html>\n<html lang="en"><head><title>Sign in</title></head>' +
    '<body><h1>Sign in to continue</h1><form method="post"><input name="user"></form></body></html>\n';
  return new Response(html, {
    status,
    headers: { ...headers, 'content-type': 'text/html; charset=utf-8' },
  });
}
