import 'server-only';
import type { Problem } from '@/lib/core/problem/problem';
import { isProblemError, toProblem } from '@/lib/core/problem/problem';
import type { Clock } from '@/lib/core/time/clock';

const FIRST_RETRY_MS = 5_000;
/** Upstream may come back at any time: a minute later at most we are back too. */
const MAX_RETRY_MS = 60_000;

/** Work that is done again and again: at its pace while it goes well, soon again after a failure, never twice at once. */
export interface Chore {
  start(): void;
  stop(): void;
  /** The pace may have changed: plans anew. */
  replan(): void;
  /** Why it failed the last time; null when it went well. */
  problem(): Problem | null;
  failures(): number;
}

export interface ChoreOptions {
  readonly clock: Clock;
  readonly run: () => Promise<void>;
  /** Time from the beginning of one run to the next, asked whenever it is planned. */
  readonly periodMs: () => number;
  readonly onFailure: (problem: Problem, failures: number, isNews: boolean) => void;
  readonly onRecovery: (failures: number) => void;
}

export function createChore(options: ChoreOptions): Chore {
  const { clock, run, periodMs, onFailure, onRecovery } = options;
  let problem: Problem | null = null;
  let failures = 0;
  let lastTryMs = Number.NEGATIVE_INFINITY;
  let isRunning = false;
  let isAtIt = false;
  let cancelTimer: (() => void) | null = null;

  const waitMs = (): number =>
    failures === 0
      ? periodMs()
      : Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 10));

  const plan = (): void => {
    cancelTimer?.();
    cancelTimer = null;
    if (!isRunning || isAtIt) return;
    const leftMs = lastTryMs + waitMs() - clock.monotonicMs();
    const dueInMs = leftMs > 0 ? Math.max(1, leftMs) : 0;
    if (dueInMs < Number.POSITIVE_INFINITY)
      cancelTimer = clock.setTimer(() => void once(), dueInMs);
  };

  const once = async (): Promise<void> => {
    cancelTimer?.();
    cancelTimer = null;
    isAtIt = true;
    lastTryMs = clock.monotonicMs();
    try {
      await run();
      if (problem && isRunning) onRecovery(failures);
      problem = null;
      failures = 0;
    } catch (error) {
      failures += 1;
      const before = problem?.code;
      problem = isProblemError(error) ? error.problem : toProblem('internal', String(error));
      if (isRunning) onFailure(problem, failures, problem.code !== before);
    } finally {
      isAtIt = false;
      plan();
    }
  };

  return {
    start() {
      isRunning = true;
      void once();
    },
    stop() {
      isRunning = false;
      cancelTimer?.();
      cancelTimer = null;
    },
    replan: plan,
    problem: () => problem,
    failures: () => failures,
  };
}
