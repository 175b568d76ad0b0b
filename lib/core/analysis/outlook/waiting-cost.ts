import type { Interval } from '@/lib/core/analysis/reason';
import type { Better } from '@/lib/core/analysis/settings';
import type { Traffic } from '@/lib/core/analysis/outlook/traffic';
import { WEEK, peoplePerDay } from '@/lib/core/analysis/outlook/traffic';

export interface WaitingInput {
  /** Of the variation's rate minus the reference's, at the level that decides; null below the counts gate. */
  readonly differenceInterval: Interval | null;
  readonly better: Better;
  readonly traffic: Traffic | null;
  /** Share of the experiment's people that gets this variation, 0 to 1. */
  readonly ownShare: number;
}

/**
 * "One more week costs up to N conversions if this variation is better": the people of one coming week who get another
 * arm, times the best that the interval still allows for it. For goals that are better lower, conversions that would
 * have been spared. Conversions, not rounded, at least 0; null where the interval has no such end or no traffic is known.
 * Example: 4,000 people a day, half of them in the variation, difference at most 0.004: 56.
 */
export function toWaitingCost({
  differenceInterval,
  better,
  traffic,
  ownShare,
}: WaitingInput): number | null {
  if (differenceInterval === null || traffic === null) return null;
  const { lower, upper } = differenceInterval;
  const atBest = better === 'higher' ? upper : lower === null ? null : -lower;
  if (atBest === null) return null;
  return WEEK * peoplePerDay(traffic) * (1 - ownShare) * Math.max(0, atBest);
}
