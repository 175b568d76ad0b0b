import type { RehearsedCall } from '@/lib/cli/verdict/rehearsal/rehearsal';
import type { Progress } from '@/lib/cli/verdict/progress';
import type { Clock } from '@/lib/core/time/clock';
import type { ShellWords } from '@/lib/core/words/shell-words';
import type { AutomationApi } from '@/lib/server/kameleoon/api';

/** What a command works with. */
export interface Session {
  readonly api: AutomationApi;
  readonly baseUrl: string;
  /** Upstream time, epoch milliseconds. */
  readonly nowMs: () => number;
  readonly clock: Clock;
  readonly words: ShellWords;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly folder: string;
  /** Wire requests so far. */
  readonly requests: () => number;
  /** Of a dry run the calls so far, else null. */
  readonly rehearsed: (() => readonly RehearsedCall[]) | null;
}

/** What a command has to say. */
export interface Answer {
  /** For a person; lines, without the last line's end. */
  readonly text: string;
  /** For a program: docs/shell.md tells the shape. */
  readonly json: object;
  /** 0 where nothing is said. */
  readonly exitCode?: number;
}

export type Run = (session: Session) => Promise<Answer>;
