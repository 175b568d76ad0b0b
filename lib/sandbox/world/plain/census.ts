import type { GoalTruth } from '@/lib/sandbox/world/cohort-draws';
import type { ExperimentPlan, PlainTruth } from '@/lib/sandbox/world/plan';
import { mix } from '@/lib/sandbox/world/random';
import { splitChosen } from './count-chosen';
import { toHomeCells } from './home-cells';
import { toTakings } from './price-list';

/**
 * What the first n people of an experiment are and will do, as flat counts by [arm][cell of its country],
 * each a block of `toWidth` numbers: visitors by pattern, then for each goal converters by outcome and
 * what they bring by slot. Every number grows with n and never shrinks.
 */
export type Census = Float64Array;

/** Hours to a second visit, for those who come twice. */
export const RETURN_HOURS = 24;
/** Once, or twice. */
const PATTERN_SHARES = [0.8, 0.2];
export const PATTERNS = PATTERN_SHARES.length;

/** How people convert: in which visit (of which pattern), and how many conversions each brings. */
export const OUTCOMES = [
  { pattern: 0, conversions: [1, 0] },
  { pattern: 0, conversions: [2, 0] },
  { pattern: 1, conversions: [1, 0] },
  { pattern: 1, conversions: [0, 1] },
  { pattern: 1, conversions: [1, 1] },
] as const;
/** Shares of the outcomes of each pattern; second for goals that count once a visit. */
const MULTIPLE: readonly (readonly number[])[] = [
  [0.88, 0.12],
  [0.5, 0.28, 0.22],
];
const SINGLE: readonly (readonly number[])[] = [
  [1, 0],
  [0.5, 0.28, 0.22],
];
const FIRST_OUTCOMES = [0, 2];

/** By outcome and visit: where the cents of that visit are kept; each outcome has two. */
export const GOAL_WIDTH = OUTCOMES.length * 3;

export const toWidth = (goals: number): number => PATTERNS + goals * GOAL_WIDTH;

/** A plan without a story. */
export type PlainPlan = ExperimentPlan & { readonly plain: PlainTruth };

export function takeCensus(
  { configured, plain }: PlainPlan,
  seed: number,
  goals: readonly GoalTruth[],
  people: number,
): Census {
  const { shares } = toHomeCells(plain.country);
  const arms = configured.length;
  const width = toWidth(goals.length);
  const census = new Float64Array(arms * shares.length * width);
  if (people === 0) return census;
  const byArm = new Float64Array(arms);
  splitChosen(mix(seed, 1), toShares(configured), people, byArm, 0);
  const byCell = new Float64Array(shares.length);
  for (let arm = 0; arm < arms; arm += 1) {
    const armSeed = mix(mix(seed, 2), arm);
    splitChosen(armSeed, shares, byArm[arm]!, byCell, 0);
    for (let cell = 0; cell < shares.length; cell += 1) {
      const leafSeed = mix(armSeed, 64 + cell);
      const at = (arm * shares.length + cell) * width;
      splitChosen(mix(leafSeed, 0), PATTERN_SHARES, byCell[cell]!, census, at);
      goals.forEach((goal, g) => {
        const rate = (plain.rates[goal.id] ?? plain.ratesOf?.(goal.id))?.[arm] ?? 0;
        addGoal(census, at, at + PATTERNS + g * GOAL_WIDTH, goal, rate, leafSeed);
      });
    }
  }
  return census;
}

/** Converters of one goal among the visitors at `from`, written to `at`. */
function addGoal(
  census: Census,
  from: number,
  at: number,
  goal: GoalTruth,
  rate: number,
  leafSeed: number,
): void {
  const goalSeed = mix(leafSeed, goal.id);
  const parts = new Float64Array(2);
  for (let pattern = 0; pattern < PATTERNS; pattern += 1) {
    splitChosen(mix(goalSeed, pattern), [rate, 1 - rate], census[from + pattern]!, parts, 0);
    const shares = (goal.hasMultipleConversions ? MULTIPLE : SINGLE)[pattern]!;
    const seed = mix(goalSeed, PATTERNS + pattern);
    splitChosen(seed, shares, parts[0]!, census, at + FIRST_OUTCOMES[pattern]!);
  }
  const { revenue } = goal;
  if (revenue === undefined) return;
  OUTCOMES.forEach(({ conversions }, outcome) => {
    conversions.forEach((each, visit) => {
      const slot = OUTCOMES.length + outcome * 2 + visit;
      const orders = census[at + outcome]! * each;
      census[at + slot] = toTakings(revenue, mix(goalSeed, 100 + slot), orders);
    });
  });
}

/** Configured shares may sum to 0.9999. */
function toShares(configured: readonly number[]): readonly number[] {
  const sum = configured.reduce((a, b) => a + b, 0);
  return configured.map((share) => share / sum);
}
