import { HOUR_MS } from '@/lib/sandbox/clock';
import type { GoalTruth } from './cohort-draws';
import type { Cohorts } from './cohorts';
import type { Arm } from './evidence';
import { CELLS } from './segments';
import { OUTCOMES, VISIT_PATTERNS } from './visit-patterns';

const PATTERNS = VISIT_PATTERNS.length;

/** Hours from the first visit to the first converting visit, by outcome. */
const CONVERTS_AFTER = OUTCOMES.map(
  ({ pattern, conversions }) =>
    VISIT_PATTERNS[pattern]!.offsetsHours[conversions.findIndex((count) => count > 0)]!,
);

/** An experiment as it stood at the end of each hour since its launch. */
export interface Looks {
  /** End of the first hour, epoch ms; each next look is an hour later. */
  readonly firstMs: number;
  /** By look, by arm. */
  readonly looks: readonly (readonly Arm[])[];
}

/**
 * Unique visitors and converted visitors since launch, hour after hour, in one pass. The last look
 * is the last whole hour up to `untilMs`.
 */
export function toRunningTotals(
  streams: readonly Cohorts[],
  goal: GoalTruth,
  arms: number,
  untilMs: number,
): Looks {
  const first = Math.min(...streams.map((cohorts) => cohorts.firstHour));
  const hours = Math.max(0, Math.floor(untilMs / HOUR_MS) - first);
  const arrived = new Float64Array(hours * arms);
  const converted = new Float64Array(hours * arms);
  for (const cohorts of streams) {
    const last = Math.min(first + hours, Math.ceil(cohorts.stream.toMs / HOUR_MS));
    for (let hour = cohorts.firstHour; hour < last; hour += 1) {
      const visitors = cohorts.visitors(hour);
      const outcomes = cohorts.outcomes(hour, goal);
      for (let leaf = 0; leaf < CELLS.length * arms; leaf += 1) {
        const arm = leaf % arms;
        for (let p = 0; p < PATTERNS; p += 1) {
          arrived[(hour - first) * arms + arm]! += visitors[leaf * PATTERNS + p]!;
        }
        for (let o = 0; o < OUTCOMES.length; o += 1) {
          const at = hour - first + CONVERTS_AFTER[o]!;
          if (at < hours) converted[at * arms + arm]! += outcomes[leaf * OUTCOMES.length + o]!;
        }
      }
    }
  }
  const looks: Arm[][] = [];
  let before: Arm[] = Array.from({ length: arms }, () => ({ visitors: 0, converted: 0 }));
  for (let hour = 0; hour < hours; hour += 1) {
    before = before.map((arm, i) => ({
      visitors: arm.visitors + arrived[hour * arms + i]!,
      converted: arm.converted + converted[hour * arms + i]!,
    }));
    looks.push(before);
  }
  return { firstMs: (first + 1) * HOUR_MS, looks };
}
