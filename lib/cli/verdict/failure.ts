import type { Done } from '@/lib/cli/verdict/fault';
import { EXIT, InputFault, PartlyDone } from '@/lib/cli/verdict/fault';
import { plain } from '@/lib/cli/verdict/plain';
import type { Problem, ProblemCode } from '@/lib/core/problem/problem';
import { isProblemError } from '@/lib/core/problem/problem';
import type { ShellWords } from '@/lib/core/words/shell-words';

/** Why a command ended without what it was asked for. */
export interface Failure {
  readonly exitCode: number;
  readonly problem: Pick<Problem, 'code' | 'detail' | 'retryable'> & Partial<Problem>;
  /** Of several steps those that were carried out. */
  readonly partly: { readonly done: readonly Done[]; readonly resume: string | null } | null;
}

export function toFailure(error: unknown, signal: AbortSignal): Failure {
  if (error instanceof PartlyDone)
    return {
      exitCode: EXIT.partly,
      problem: error.problem,
      partly: { done: error.done, resume: error.resume },
    };
  if (error instanceof InputFault)
    return {
      exitCode: EXIT.usage,
      problem: { code: 'invalid-input', detail: error.message, retryable: false },
      partly: null,
    };
  if (isProblemError(error)) {
    const isOurs = error.problem.code === 'invalid-input';
    const exitCode = signal.aborted ? EXIT.interrupted : isOurs ? EXIT.usage : EXIT.refused;
    return { exitCode, problem: error.problem, partly: null };
  }
  const detail = error instanceof Error ? error.message : String(error);
  return {
    exitCode: EXIT.refused,
    problem: { code: 'internal', detail, retryable: false },
    partly: null,
  };
}

/** What to do about it; empty where the sentence says it already. */
const NEXT: Partial<Record<ProblemCode, Parameters<ShellWords>[0]>> = {
  'upstream-auth': 'next.auth',
  'upstream-forbidden': 'next.forbidden',
  'upstream-not-found': 'next.notFound',
  'upstream-locked': 'next.locked',
  'upstream-throttled': 'next.later',
  'upstream-failed': 'next.later',
  'upstream-unreachable': 'next.unreachable',
  'report-not-ready': 'next.later',
  'budget-spent': 'next.later',
  'write-uncertain': 'next.uncertain',
  'connection-ended': 'next.signIn',
};

const nextOf = (code: ProblemCode, words: ShellWords): string => {
  const key = NEXT[code];
  return key === undefined ? '' : words(key);
};

/** One line; where something exists by now, a line for each such thing and one for the command that goes on. */
export function failureInWords({ problem, partly }: Failure, words: ShellWords): string {
  const detail = plain(problem.detail).replace(/[.\s]+$/, '');
  const next = nextOf(problem.code, words);
  const line = words(next === '' ? 'failed.plain' : 'failed.next', { detail, next });
  if (partly === null) return line;
  const done = partly.done.map(({ kind, id, name, what }) =>
    words('failed.done', { kind, id, name: plain(name), what }),
  );
  return [
    line,
    words(done.length === 0 ? 'failed.nothing' : 'failed.exists'),
    ...done,
    partly.resume === null
      ? words('failed.again')
      : words('failed.resume', { command: partly.resume }),
  ].join('\n');
}

export function failureAsJson({ problem, partly }: Failure, words: ShellWords) {
  const { code, detail, retryable, upstreamStatus, field } = problem;
  return {
    error: {
      code,
      message: plain(detail),
      next: nextOf(code, words) || null,
      retryable,
      status: upstreamStatus ?? null,
      field: field ?? null,
    },
    ...(partly && { done: partly.done, resume: partly.resume }),
  };
}
