import { HOUR_MS } from '@/lib/sandbox/clock';
import { countResidues, RESIDUES, toArrival, toRevenueCents } from './arrivals';
import { toArrivalSpan, toLeafSeed, type GoalTruth } from './cohort-draws';
import type { Cohorts } from './cohorts';
import type { CountQuestion } from './count-question';
import type { ArmCounts } from './tally';
import { addOutcome, BIT_COUNTS } from './visit-bits';
import { OUTCOME_STARTS, OUTCOMES, VISIT_PATTERNS, VISIT_STARTS } from './visit-patterns';

/** The visitors of one leaf who share a pattern. */
export interface Part {
  readonly hour: number;
  readonly cell: number;
  readonly arm: number;
  readonly pattern: number;
  readonly people: number;
}

/**
 * Counts a cohort of which a border of the mask cuts through the hour of a visit: each person's
 * moment of arrival decides. Up to RESIDUES people are looked at, however many there are.
 */
export function addOneByOne(
  cohorts: Cohorts,
  { hour, cell, arm, pattern, people }: Part,
  { mask, goals, allowed, cutMs }: CountQuestion,
  row: ArmCounts,
): void {
  const seed = toLeafSeed(cohorts.seed, hour, cell, arm);
  const [fromMs, toMs] = toArrivalSpan(cohorts.stream, hour);
  const { offsetsHours } = VISIT_PATTERNS[pattern]!;
  const firstOutcome = (cell * cohorts.stream.shares.length + arm) * OUTCOMES.length;
  const outcomes = goals.map((goal) => cohorts.outcomes(hour, goal));

  for (let residue = 0; residue < Math.min(people, RESIDUES); residue += 1) {
    const offsetMs = fromMs + (toMs - fromMs) * toArrival(seed, pattern, residue);
    if (hour * HOUR_MS + offsetMs >= cutMs) continue;
    let bits = 0;
    for (let visit = 0; visit < offsetsHours.length; visit += 1) {
      if (mask.holds(hour + offsetsHours[visit]!, offsetMs)) bits |= 1 << visit;
    }
    bits &= allowed;
    if (bits === 0) continue;
    const alike = countResidues(0, people, residue);
    row.visits += alike * BIT_COUNTS[bits]!;
    row.visitors += alike;
    for (let g = 0; g < goals.length; g += 1) {
      const counts = row.goals[g]!;
      let start = 0;
      for (let o = OUTCOME_STARTS[pattern]!; o < OUTCOME_STARTS[pattern + 1]!; o += 1) {
        const end = start + outcomes[g]![firstOutcome + o]!;
        const converts = countResidues(start, end, residue);
        start = end;
        if (converts === 0) continue;
        addOutcome(counts, o, bits, converts);
        counts.revenueCents += toVisitsCents(goals[g]!, seed, o, bits, residue) * converts;
      }
    }
  }
}

/** What one person's conversions of an outcome bring, over the visits that are in. */
function toVisitsCents(
  goal: GoalTruth,
  leafSeed: number,
  o: number,
  bits: number,
  residue: number,
): number {
  const { revenue } = goal;
  if (revenue === undefined) return 0;
  const { pattern, conversions } = OUTCOMES[o]!;
  return conversions.reduce((cents, times, visit) => {
    if ((bits & (1 << visit)) === 0) return cents;
    const slot = VISIT_STARTS[pattern]! + visit;
    return cents + toRevenueCents(revenue, leafSeed, slot, residue, times);
  }, 0);
}
