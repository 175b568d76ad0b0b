import 'server-only';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import { BodyTooLarge, readBody } from '@/lib/server/kameleoon/read-body';

/** What somebody types into a form of ours is far shorter. */
export const MAX_BODY_BYTES = 16 * 1024;

const invalid = (field: string, detail: string): never => {
  throw new ProblemError(toProblem('invalid-input', detail, { field }));
};

/** The JSON that came with a request. Throws `invalid-input` naming `content-type` or `body`; reads no more than it takes. */
export async function readJsonBody(
  request: Pick<Request, 'headers' | 'body'>,
  maxBytes = MAX_BODY_BYTES,
): Promise<unknown> {
  // No form of another site can send this type without being asked about first.
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type))
    invalid('content-type', 'must be application/json');
  const text = await readBody(request, maxBytes).catch((error: unknown) => {
    if (error instanceof BodyTooLarge) return invalid('body', `at most ${maxBytes} bytes`);
    throw error;
  });
  try {
    return JSON.parse(text);
  } catch {
    return invalid('body', 'is no JSON');
  }
}
