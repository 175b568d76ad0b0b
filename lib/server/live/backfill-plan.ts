import 'server-only';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { Look, Snapshot } from '@/lib/core/experiment/snapshot';

const HOUR_MS = 3_600_000;
/** Points of the past an experiment may cost. */
export const MAX_PAST_POINTS = 12;
/** The first so many show the curve's course; then the next experiment has its turn. */
const POINTS_PER_LEVEL = 4;
/** Not before the first day's end: earlier points crowd where a page fades its curve, and leave gaps where it is read. */
const FIRST_POINT_MS = 24 * HOUR_MS;
/** Conversions an arm should have for a point to show an interval (statistics A12.4), with a margin. */
const COUNTS_PER_ARM = 30;

export interface PastPoint {
  /** A whole hour, upstream time: the report counts from the experiment's start to here. */
  readonly endMs: number;
  /** 0: bought first for every experiment; 1, 2: finer. */
  readonly level: number;
}

/**
 * The moments of the past worth a report: at most twelve, log-spaced from where counts mean something to the first
 * look of our own, one of them a day before it, so that what an older test shows can be confirmed (statistics A12.8).
 * Frozen with the first look, so that a restart plans the same. Empty when the start is unknown or too near. Counts
 * that begin later than the launch have no past before that.
 */
export function planPast(experiment: Experiment, first: Snapshot): readonly PastPoint[] {
  const startedAtMs = first.sinceMs ?? experiment.startedAtMs;
  if (startedAtMs === null) return [];
  const lastMs = Math.min(first.asOfMs, restingSinceMs(experiment) ?? Number.POSITIVE_INFINITY);
  const spanMs = lastMs - startedAtMs;
  const fromMs = Math.max(
    HOUR_MS,
    Math.min(FIRST_POINT_MS, spanMs / MAX_PAST_POINTS),
    spanMs * toMeaningfulShare(experiment, first),
  );
  if (!(spanMs >= 2 * HOUR_MS) || fromMs >= spanMs) return [];

  const toHour = (ms: number): number => Math.floor(ms / HOUR_MS) * HOUR_MS;
  const isInside = (endMs: number): boolean => endMs > startedAtMs && endMs < lastMs;
  const dayBeforeMs = toHour(lastMs - 24 * HOUR_MS);
  const spaced = Array.from({ length: MAX_PAST_POINTS - 1 }, (_, step) =>
    toHour(startedAtMs + fromMs * (spanMs / fromMs) ** (step / (MAX_PAST_POINTS - 1))),
  );
  const ends = [...new Set([...spaced, dayBeforeMs])].filter(isInside).sort((a, b) => a - b);
  return coarseToFine(ends, dayBeforeMs).map((endMs, place) => ({
    endMs,
    level: Math.floor(place / POINTS_PER_LEVEL),
  }));
}

/** Those not bought yet, in the order of the plan. `looks` are of the kind that was planned for. */
export const toMissing = (plan: readonly PastPoint[], looks: readonly Look[]): PastPoint[] => {
  const bought = new Set(looks.map(({ snapshot }) => snapshot.asOfMs));
  return plan.filter(({ endMs }) => !bought.has(endMs));
};

/** The moment from which nothing new came; null while it runs. */
export function restingSinceMs(experiment: Experiment): number | null {
  if (experiment.status === 'active') return null;
  const { endedAtMs, statusChangedAtMs } = experiment;
  return endedAtMs ?? statusChangedAtMs;
}

/** The part of the span after which the judged goal had counts in the average arm, at an even pace; infinite: never. */
function toMeaningfulShare({ mainGoalId }: Experiment, { arms }: Snapshot): number {
  if (mainGoalId === null) return Number.POSITIVE_INFINITY;
  const converted = arms.reduce((sum, arm) => sum + (arm.goals[mainGoalId]?.converted ?? 0), 0);
  return converted === 0 ? Number.POSITIVE_INFINITY : (COUNTS_PER_ARM * arms.length) / converted;
}

/** The day before the first look, then ever finer halves, so that a half-bought curve spans the whole time. */
function coarseToFine(ends: readonly number[], firstMs: number): readonly number[] {
  const order: number[] = ends.includes(firstMs) ? [firstMs] : [];
  for (let parts = 3; order.length < ends.length; parts *= 2)
    for (let part = 0; part <= parts; part += 1) {
      const endMs = ends[Math.round((part / parts) * (ends.length - 1))];
      if (endMs !== undefined && !order.includes(endMs)) order.push(endMs);
    }
  return order;
}
