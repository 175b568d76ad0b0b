import 'server-only';

import type { Problem } from '@/lib/core/problem/problem';
import { toProblem } from '@/lib/core/problem/problem';
import { cleanMessage } from '@/lib/server/kameleoon/clean-message';
import { errorMessage, isErrorForm, statusProblem } from '@/lib/server/kameleoon/failure';
import { BodyTooLarge, readBody } from '@/lib/server/kameleoon/read-body';

export type ReadAnswer =
  { readonly ok: true; readonly body: unknown } | { readonly ok: false; readonly problem: Problem };

/**
 * What a 2xx is made of. `text`: words, be they quoted as JSON or not. `any`: JSON where it is JSON, else null (a
 * deletion answers with words or with nothing). A page of HTML is none of them.
 */
export type Expected = 'json' | 'text' | 'any';

/** 200 experiments carry their common code with them; an error body is only read for its sentence. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;
const MAX_SHORT_BYTES = 64 * 1024;

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\b/i;
const HTML_TYPE = /^(?:text\/html|application\/xhtml)/i;
const HTML_START = /^\s*<(?:!doctype|html)/i;

/**
 * Reads an answer: the body of a 2xx, or the problem it stands for, in the API's own cleaned words.
 * Throws only what the wire throws (a connection lost within the body).
 */
export async function readAnswer(
  response: Response,
  asked: string,
  secrets: readonly string[],
  expected: Expected = 'json',
): Promise<ReadAnswer> {
  const { status } = response;
  const type = response.headers.get('content-type') ?? '';
  const isJson = JSON_TYPE.test(type);
  const refused = (body: unknown): ReadAnswer => {
    const words = errorMessage(body);
    const clean = words === null ? null : cleanMessage(words, secrets);
    return { ok: false, problem: statusProblem(asked, status, clean) };
  };
  const unreadable = (what: string): ReadAnswer => ({
    ok: false,
    problem: toProblem('upstream-unreadable', `${asked}: ${what}`, { upstreamStatus: status }),
  });

  if (status < 200 || status >= 300) {
    const text = await readBody(response, MAX_SHORT_BYTES).catch(() => '');
    return refused(isJson ? parseJson(text) : null);
  }
  if (HTML_TYPE.test(type) || (!isJson && expected === 'json')) {
    await response.body?.cancel().catch(() => {});
    const what = HTML_TYPE.test(type) ? 'is a web page, not JSON' : 'is not JSON';
    return unreadable(`the answer ${what}`);
  }
  try {
    if (!isJson) {
      const text = await readBody(response, MAX_SHORT_BYTES);
      if (HTML_START.test(text)) return unreadable('the answer is a web page');
      return { ok: true, body: expected === 'text' ? text.trim() : null };
    }
    const text = await readBody(response, MAX_BODY_BYTES);
    if (expected === 'any' && text.trim() === '') return { ok: true, body: null };
    const body = parseJson(text);
    if (body === undefined) return unreadable('the answer is broken JSON');
    return isErrorForm(body) ? refused(body) : { ok: true, body };
  } catch (error) {
    if (error instanceof BodyTooLarge) return unreadable('the answer is too large');
    throw error;
  }
}

/** undefined for what is not JSON; the parser's own message is dropped, for it quotes the body. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
