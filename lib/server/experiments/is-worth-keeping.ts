import 'server-only';
import { isOfOneKind } from '@/lib/server/experiments/one-kind';
import type { Snapshot } from '@/lib/core/experiment/snapshot';

const MIN_SPACING_MS = 2 * 60_000;
/** A curve needs no more than a point per hundredth of an experiment's age: about 700 in two months. */
const SPACING_SHARE = 0.01;

export interface KeepQuestion {
  /** The newest kept look, null when there is none. */
  readonly last: Snapshot | null;
  readonly next: Snapshot;
  readonly startedAtMs: number | null;
  /** Whether the decision on `next` differs from the one on `last`: calls and their confirmation rest on kept looks. */
  readonly isDecisionNew: boolean;
}

/** Whether a snapshot becomes a look, kept for ever. The newest snapshot is remembered anyway. */
export function isWorthKeeping({ last, next, startedAtMs, isDecisionNew }: KeepQuestion): boolean {
  if (!last) return true;
  if (next.asOfMs <= last.asOfMs) return false;
  // The first of its kind is where its past is planned from.
  if (isDecisionNew || !isOfOneKind(last, next)) return true;
  const ageMs = startedAtMs === null ? 0 : next.asOfMs - startedAtMs;
  if (next.asOfMs - last.asOfMs < Math.max(MIN_SPACING_MS, SPACING_SHARE * ageMs)) return false;
  return !hasSameCounts(last, next);
}

export const hasSameCounts = (one: Snapshot, other: Snapshot): boolean =>
  JSON.stringify(one.arms) === JSON.stringify(other.arms);
