/** Every problem code said for a reader: what happened, and what comes next. Exhaustive by type. */
import type { Problem, ProblemCode } from '@/lib/core/problem/problem';
import type { Formats } from '@/lib/core/words/formats';
import type { Messages } from '@/lib/core/words/messages';
import type { Phrase } from '@/lib/core/words/phrase';
import { say } from '@/lib/core/words/say';

const NAME: Readonly<Record<ProblemCode, keyof Messages['problems']['title']>> = {
  'invalid-input': 'invalidInput',
  'not-found': 'notFound',
  forbidden: 'forbidden',
  'upstream-auth': 'upstreamAuth',
  'upstream-forbidden': 'upstreamForbidden',
  'upstream-not-found': 'upstreamNotFound',
  'upstream-locked': 'upstreamLocked',
  'upstream-conflict': 'upstreamConflict',
  'upstream-rejected': 'upstreamRejected',
  'upstream-throttled': 'upstreamThrottled',
  'upstream-failed': 'upstreamFailed',
  'upstream-unreachable': 'upstreamUnreachable',
  'upstream-unreadable': 'upstreamUnreadable',
  'write-uncertain': 'writeUncertain',
  'connection-ended': 'connectionEnded',
  'given-up': 'givenUp',
  'report-not-ready': 'reportNotReady',
  'budget-spent': 'budgetSpent',
  'store-failed': 'storeFailed',
  'too-many': 'tooMany',
  internal: 'internal',
};

/** Nobody can do anything about these but wait. */
const BY_ITSELF: ReadonlySet<ProblemCode> = new Set([
  'upstream-failed',
  'upstream-unreachable',
  'report-not-ready',
]);

export interface ProblemWords {
  readonly title: Phrase;
  /** What to do, or when it is tried again where that is all there is to say. */
  readonly next: Phrase;
  /** When it is tried again; null when that is not known, or said already. */
  readonly again: Phrase | null;
}

export const problemTitle = (code: ProblemCode): Phrase => say(`problems.title.${NAME[code]}`);

export function problemInWords(problem: Problem, formats: Formats, nowMs: number): ProblemWords {
  const title = problemTitle(problem.code);
  const when = problem.retryAtMs === undefined ? null : again(problem.retryAtMs - nowMs, formats);
  return when && BY_ITSELF.has(problem.code)
    ? { title, next: when, again: null }
    : { title, next: say(`problems.next.${NAME[problem.code]}`), again: when };
}

const again = (waitMs: number, formats: Formats): Phrase =>
  waitMs > 0
    ? say('problems.again', { time: formats.duration(waitMs + 999) })
    : say('problems.againNow');
