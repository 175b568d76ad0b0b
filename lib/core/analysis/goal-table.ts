import type { AnalyseInput } from '@/lib/core/analysis/analyse';
import { analyse } from '@/lib/core/analysis/analyse';
import type { Analysis, ArmReading } from '@/lib/core/analysis/analysis';
import type { Interval } from '@/lib/core/analysis/reason';
import type { Better, Settings } from '@/lib/core/analysis/settings';
import { betterOf, DEFAULT_SETTINGS } from '@/lib/core/analysis/settings';
import type { GoalId, VariationId } from '@/lib/core/experiment/ids';
import type { Unit } from '@/lib/core/experiment/snapshot';
import { holm } from '@/lib/core/stats/adjust-p';

export type GoalRole = 'main' | 'guardrail' | 'secondary';

export interface GoalArm {
  readonly variationId: VariationId;
  readonly name: string;
  readonly place: number;
  readonly isReference: boolean;
  readonly n: number;
  readonly converted: number;
  readonly conversions: number;
  readonly revenue: number | null;
  readonly rate: number | null;
  readonly lift: number | null;
  /** The same as on the page of that goal: corrected for the number of variations, not for that of goals. */
  readonly liftInterval: Interval | null;
  /**
   * What may be said of it. `harmed` is of guardrails; `stands-out` survives the correction for all secondary goals,
   * `strays` excludes zero by itself alone. null: the reference, the main goal (its verdict is the page's), nothing yet.
   */
  readonly says: 'stands-out' | 'strays' | 'open' | 'early' | 'harmed' | 'holds' | null;
}

export interface GoalRow {
  readonly goalId: GoalId;
  readonly name: string;
  readonly role: GoalRole;
  readonly better: Better;
  readonly arms: readonly GoalArm[];
}

/** All goals by all variations at one moment. Nothing but the main goal is ever called (statistics A12.6). */
export interface GoalTable {
  readonly asOfMs: number;
  readonly unit: Unit;
  /** Main first, then guardrails, then the rest in the order of the configuration. */
  readonly rows: readonly GoalRow[];
  /** Secondary goals that are corrected for each other. */
  readonly family: number;
  readonly confidenceLevel: number;
}

const ORDER: Readonly<Record<GoalRole, number>> = { main: 0, guardrail: 1, secondary: 2 };

/**
 * Each goal is read as its own page reads it. Which of the secondary ones stand out is decided by Holm's correction of
 * their always-valid p (of each goal's variations the smallest, already times their number), which holds at any moment
 * and under any dependence between goals (statistics A6).
 */
export function toGoalTable(input: AnalyseInput): GoalTable {
  const { experiment, method } = input;
  const settings: Settings = { ...DEFAULT_SETTINGS, ...input.settings };
  const read = experiment.goals.map((goal) => {
    const isMain = goal.id === experiment.mainGoalId;
    const role: GoalRole = isMain ? 'main' : (settings.goals[goal.id]?.role ?? 'secondary');
    const analysis = analyse({ ...input, method: { ...method, goalId: isMain ? null : goal.id } });
    return { goal, role, analysis };
  });
  const secondary = read.filter(({ role }) => role === 'secondary');
  const adjusted = holm(secondary.map(({ analysis }) => smallestP(analysis)));
  const standOut = new Set(
    secondary
      .filter((_, at) => (adjusted[at] ?? 1) <= 1 - method.confidenceLevel)
      .map(({ goal }) => goal.id),
  );
  const [first] = read;
  return {
    asOfMs: input.snapshot.asOfMs,
    unit: first?.analysis.unit ?? 'visitors',
    family: secondary.length,
    confidenceLevel: method.confidenceLevel,
    rows: read
      .map(({ goal, role, analysis }): GoalRow => {
        const better = betterOf(settings, goal.id);
        const facts = { unit: analysis.unit, role, better, standsOut: standOut.has(goal.id) };
        const arms = analysis.arms.map((arm) => toArm(arm, analysis, facts));
        return { goalId: goal.id, name: goal.name, role, better, arms };
      })
      .toSorted((a, b) => ORDER[a.role] - ORDER[b.role]),
  };
}

const smallestP = ({ arms }: Analysis): number =>
  arms.reduce((smallest, { comparison }) => Math.min(smallest, comparison?.p ?? 1), 1);

interface Facts {
  readonly unit: Unit;
  readonly role: GoalRole;
  readonly better: Better;
  readonly standsOut: boolean;
}

function toArm(arm: ArmReading, { unit }: Analysis, facts: Facts): GoalArm {
  const { comparison } = arm;
  return {
    variationId: arm.variationId,
    name: arm.name,
    place: arm.place,
    isReference: arm.isReference,
    n: unit === 'visits' ? arm.visits : arm.visitors,
    converted: arm.converted,
    conversions: arm.conversions,
    revenue: arm.revenue,
    rate: arm.rate,
    lift: comparison?.lift ?? null,
    liftInterval: comparison?.liftInterval ?? null,
    says: toSaying(arm, facts),
  };
}

function toSaying(
  { comparison, isReference }: ArmReading,
  { unit, role, better, standsOut }: Facts,
): GoalArm['says'] {
  if (isReference || comparison === null || role === 'main') return null;
  const { differenceInterval, p, gateProgress } = comparison;
  if (differenceInterval === null) return unit !== 'visits' && gateProgress < 1 ? 'early' : null;
  // Where nothing may be judged there is no p.
  if (p === null) return null;
  const isUp = (differenceInterval.lower ?? 0) > 0;
  const isDown = (differenceInterval.upper ?? 0) < 0;
  if (role === 'guardrail') return (better === 'higher' ? isDown : isUp) ? 'harmed' : 'holds';
  if (!isUp && !isDown) return 'open';
  return standsOut ? 'stands-out' : 'strays';
}
