import 'server-only';
import type { Snapshot, UnitProof } from '@/lib/core/experiment/snapshot';

/** Repeats to expect before their absence says anything: at 20, chance leaves none once in 500 million. */
export const REPEATS_TO_REFUTE = 20;
/** Below this a second report would most likely show nothing. */
export const REPEATS_TO_TRY = 3;

interface Totals {
  readonly visitors: number;
  readonly visits: number;
  /** Sum over variations and goals. */
  readonly converted: number;
}

function toTotals({ arms }: Snapshot): Totals {
  let visitors = 0;
  let visits = 0;
  let converted = 0;
  for (const arm of arms) {
    visitors += arm.visitors;
    visits += arm.visits;
    for (const goal of Object.values(arm.goals)) converted += goal.converted;
  }
  return { visitors, visits, converted };
}

/** First visits say nothing of later ones; on most sites one converted visit in ten is a later one. */
const USUAL_REPEATS = 0.1;

/**
 * How many converted visits would be second ones of the same person if conversions fell on visits alike:
 * converted * (visits - visitors) / visits. How well filled an experiment is for this proof.
 */
export function toExpectedRepeats(snapshot: Snapshot): number {
  const { visitors, visits, converted } = toTotals(snapshot);
  if (snapshot.unit === 'first-visits') return converted * USUAL_REPEATS;
  return visits > visitors ? (converted * (visits - visitors)) / visits : 0;
}

/** More people converted than there were people: the count cannot be one of people. */
export const countsMoreThanPeople = ({ arms }: Snapshot): boolean =>
  arms.some((arm) => Object.values(arm.goals).some((goal) => goal.converted > arm.visitors));

/**
 * statistics A12.1. Both reports must end at the same moment, or new conversions between them would pass for repeats.
 * @param people the report asked with unit `visitors`
 * @param visits the report asked with unit `visits`
 */
export function toUnitProof(people: Snapshot, visits: Snapshot): UnitProof {
  if (countsMoreThanPeople(people)) return 'visits';
  const byPeople = toTotals(people).converted;
  const byVisits = toTotals(visits).converted;
  if (byPeople < byVisits) return 'visitors';
  if (byPeople === byVisits && toExpectedRepeats(people) >= REPEATS_TO_REFUTE) return 'visits';
  return 'unproven';
}
