import 'server-only';
import type { Problem } from '@/lib/core/problem/problem';
import { isProblemError, ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { Granted, Permission } from '@/lib/server/access/granted';
import { grant } from '@/lib/server/access/granted';
import { findViewer } from '@/lib/server/access/viewer';
import { readJsonBody } from '@/lib/server/http/body-input';
import { isOwnPage } from '@/lib/server/http/own-page';
import { PRIVATE } from '@/lib/server/http/private';
import { STATUS } from '@/lib/server/http/status';
import type { Services } from '@/lib/server/services/services';
import { getServices } from '@/lib/server/services/services';

export interface RouteContext {
  readonly params: Promise<Record<string, string | string[] | undefined>>;
}

export interface Call<P extends Permission, Input> {
  readonly granted: Granted<P>;
  readonly input: Input;
  readonly services: Services;
  readonly signal: AbortSignal;
  /** The JSON that came along; throws as `readJsonBody`. */
  readonly body: () => Promise<unknown>;
}

/** What a route reads from a request: path parameters and query. Throws `ProblemError` 'invalid-input' naming the field. */
export type ReadInput<Input> = (
  params: Readonly<Record<string, string>>,
  query: URLSearchParams,
) => Input;

/** One place for access, parsing and errors; a handler only answers. */
export const route =
  <P extends Permission, Input>(
    { access, input }: { readonly access: P; readonly input: ReadInput<Input> },
    handler: (call: Call<P, Input>) => Response | Promise<Response>,
  ) =>
  async (request: Request, context: RouteContext): Promise<Response> => {
    try {
      const services = await getServices();
      if (request.method !== 'GET' && request.method !== 'HEAD' && !isOwnPage(request.headers))
        throw new ProblemError(
          toProblem('forbidden', 'Only pages of this app may ask for that.', { field: 'origin' }),
        );
      const granted = grant(findViewer(request.headers), access);
      if (!granted) throw new ProblemError(toProblem('forbidden', 'You may not see this.'));
      const params = (await context.params) as Record<string, string>;
      const query = new URL(request.url).searchParams;
      return await handler({
        granted,
        services,
        input: input(params, query),
        signal: request.signal,
        body: () => readJsonBody(request),
      });
    } catch (error) {
      return toErrorResponse(error);
    }
  };

export const answer = (body: unknown, status = 200): Response =>
  Response.json(body, { status, headers: PRIVATE });

async function toErrorResponse(error: unknown): Promise<Response> {
  if (isProblemError(error))
    return answer({ error: error.problem satisfies Problem }, STATUS[error.problem.code]);
  const { log } = await getServices().catch(() => ({ log: null }));
  log?.error({ err: error }, 'a request failed for a reason nobody foresaw');
  return answer({ error: toProblem('internal', 'Something went wrong on our side.') }, 500);
}
