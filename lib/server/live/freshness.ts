import 'server-only';
import type { Freshness, FreshnessState } from '@/lib/core/live/reading';
import type { Problem, ProblemCode } from '@/lib/core/problem/problem';
import { toProblem } from '@/lib/core/problem/problem';

export interface FreshnessFacts {
  readonly isAtRest: boolean;
  /** End of the counted data, upstream time; null before the first. */
  readonly asOfMs: number | null;
  /** Why the last attempt failed; null when it went well. */
  readonly problem: Problem | null;
  readonly isReading: boolean;
  /** Time until the next reading, negative when it is late; null when none is planned. */
  readonly dueInMs: number | null;
  /** Time until the budget lets background work out, 0 if at once. */
  readonly budgetWaitMs: number;
  /** For how long the API wants us to be silent yet, 0 when it does not. */
  readonly heldMs: number;
  /** Upstream time now. */
  readonly nowMs: number;
}

/** Later than this it is the budget that holds a reading back, not the queue of a moment. */
const LATE_MS = 10_000;

const THROTTLING: ReadonlySet<ProblemCode> = new Set(['budget-spent', 'upstream-throttled']);

export function toFreshness(facts: FreshnessFacts): Freshness {
  return isHeld(facts) ? toHeld(facts) : toUsual(facts);
}

/** Its turn has come, or it is under way, and the API wants nobody to ask: then nothing is being read. */
const isHeld = ({ heldMs, problem, isReading, dueInMs }: FreshnessFacts): boolean =>
  heldMs > 0 && problem === null && (isReading || (dueInMs !== null && dueInMs <= 0));

function toHeld({ asOfMs, heldMs, nowMs }: FreshnessFacts): Freshness {
  const retryAtMs = nowMs + Math.ceil(heldMs);
  const detail = `the API said 429: nothing is sent for another ${Math.ceil(heldMs / 1000)} s`;
  return {
    state: asOfMs === null ? 'waiting' : 'throttled',
    asOfMs,
    nextReadingAtMs: retryAtMs,
    isReading: false,
    problem: toProblem('upstream-throttled', detail, { retryAtMs }),
  };
}

function toUsual(facts: FreshnessFacts): Freshness {
  const { asOfMs, problem, isReading, dueInMs, nowMs } = facts;
  const inMs = dueInMs === null ? null : Math.max(0, dueInMs);
  return {
    state: toState(facts),
    asOfMs,
    nextReadingAtMs: inMs === null ? null : nowMs + inMs,
    isReading,
    problem: problem && inMs !== null ? { ...problem, retryAtMs: nowMs + inMs } : problem,
  };
}

function toState(facts: FreshnessFacts): FreshnessState {
  const { isAtRest, asOfMs, problem, dueInMs, budgetWaitMs } = facts;
  if (problem) return THROTTLING.has(problem.code) ? 'throttled' : 'failed';
  if (isAtRest && (asOfMs !== null || dueInMs === null)) return 'at-rest';
  if (asOfMs === null) return 'waiting';
  if (dueInMs !== null && dueInMs < -LATE_MS && budgetWaitMs > 0) return 'throttled';
  return 'live';
}
