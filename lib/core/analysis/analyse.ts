import type { Analysis, Comparison, PairReading } from '@/lib/core/analysis/analysis';
import { findLeader, toArmReading } from '@/lib/core/analysis/arm-reading';
import type { Decision } from '@/lib/core/analysis/decide';
import { decide } from '@/lib/core/analysis/decide';
import { readHealth } from '@/lib/core/analysis/health';
import type { History } from '@/lib/core/analysis/history';
import { fallenAt, isMethodOf, priorSplitP } from '@/lib/core/analysis/history';
import type { CountsReading } from '@/lib/core/analysis/read-counts';
import { readCounts } from '@/lib/core/analysis/read-counts';
import type { Scope } from '@/lib/core/analysis/scope';
import { readScope } from '@/lib/core/analysis/scope';
import type { Settings } from '@/lib/core/analysis/settings';
import { DEFAULT_SETTINGS } from '@/lib/core/analysis/settings';
import { readSplit } from '@/lib/core/analysis/split';
import type { Standing } from '@/lib/core/analysis/standing';
import { readStanding } from '@/lib/core/analysis/standing';
import type { Timeline } from '@/lib/core/analysis/timeline';
import { readTimeline } from '@/lib/core/analysis/timeline';
import { toComparison, toPerVisitComparison } from '@/lib/core/analysis/to-comparison';
import { toVerdict } from '@/lib/core/analysis/verdict';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { VariationId } from '@/lib/core/experiment/ids';
import type { Method } from '@/lib/core/experiment/question';
import type { Snapshot, UnitProof } from '@/lib/core/experiment/snapshot';

export interface AnalyseInput {
  readonly experiment: Experiment;
  readonly snapshot: Snapshot;
  readonly proof: UnitProof;
  /** Of all earlier looks; whether it already holds this one makes no difference but for the call. */
  readonly history: History;
  readonly method: Method;
  readonly settings?: Partial<Settings>;
}

/**
 * The only maker of an `Analysis`: counts at a moment -> estimates, health, verdict (statistics A7, A12). Pure: the same
 * counts give the same analysis at any time of day. The call is the history's: fold the look first (`addLook`).
 */
export function analyse({
  experiment,
  snapshot,
  proof,
  history,
  method,
  settings: own,
}: AnalyseInput): Analysis {
  const settings = { ...DEFAULT_SETTINGS, ...own };
  const visitors = snapshot.arms.reduce((sum, arm) => sum + arm.visitors, 0);
  const timeline = readTimeline(experiment, snapshot.asOfMs, history.firstAtMs, visitors);
  const scope = readScope(experiment, method, timeline.isStarted);
  const counts = readCounts(experiment, snapshot, scope.goalId, proof);
  const health = readHealth({
    split: readSplit(
      experiment,
      snapshot,
      priorSplitP(history, experiment),
      settings.splitThreshold,
    ),
    proof: counts.proof,
    fallenId: fallenAt(history, experiment, snapshot),
    visitors,
    setup: scope.reasons,
  });
  const standing = readStanding(health, scope.reasons);
  // 1 - 0.95 is 0.05000000000000004.
  const alpha = Math.round((1 - method.confidenceLevel) * 1e12) / 1e12;
  const decision = decideOn(scope, counts, alpha, timeline, settings);
  const compared = compareArms(scope, counts, standing, decision, alpha);
  const idAt = (place: number): VariationId | null => scope.family[place]?.id ?? null;

  const arms = counts.arms.map((arm) =>
    toArmReading(arm, scope.reference?.id ?? null, compared.get(arm.variation.id) ?? null),
  );
  const verdict = toVerdict({
    standing,
    arms: [...compared].map(([variationId, { state, reasons }]) => ({
      variationId,
      state,
      reasons,
    })),
    referenceId: scope.reference?.id ?? null,
    bestId: standing.kind !== 'judged' || decision?.best == null ? null : idAt(decision.best),
    open: toPairs(scope, decision),
  });
  return {
    goalId: scope.goalId,
    referenceId: scope.reference?.id ?? null,
    confidenceLevel: method.confidenceLevel,
    unit: counts.unit,
    asOfMs: snapshot.asOfMs,
    day: timeline.day,
    arms,
    leaderId: verdict.state === 'winner' ? verdict.variationId : findLeader(arms),
    health,
    verdict,
    call: isMethodOf(history, experiment, method) ? history.call : null,
    method: { plannedVisitors: settings.plannedVisitors, smallestEffect: settings.smallestEffect },
  };
}

/** null where there is nothing to compare, or only rates per visit. */
function decideOn(
  { reference, family }: Scope,
  { unit, arms }: CountsReading,
  alpha: number,
  { startedAtMs, untilMs }: Timeline,
  settings: Settings,
): Decision | null {
  if (reference === null || family.length < 2 || unit === 'visits') return null;
  const samples = arms
    .filter(({ variation }) => family.includes(variation))
    .map(({ sample }) => sample ?? { n: 0, x: 0 });
  const place = family.indexOf(reference);
  return decide({ arms: samples, reference: place, alpha, startedAtMs, untilMs, settings });
}

/** Every arm of the family against the reference, in the order of the configuration. */
function compareArms(
  { reference, family }: Scope,
  { arms }: CountsReading,
  standing: Standing,
  decision: Decision | null,
  alpha: number,
): Map<VariationId, Comparison> {
  const compared = new Map<VariationId, Comparison>();
  if (reference === null) return compared;
  const sampleOf = (id: VariationId) =>
    arms.find(({ variation }) => variation.id === id)?.sample ?? null;
  const comparisons = family.length - 1;
  family.forEach(({ id }, place) => {
    if (id === reference.id) return;
    const arm = decision?.arms[place];
    if (arm) compared.set(id, toComparison(arm, standing, alpha / comparisons, comparisons));
    else if (standing.kind === 'blocked' || standing.kind === 'not-applicable') {
      const samples = [sampleOf(reference.id), sampleOf(id)] as const;
      const { kind, reasons } = standing;
      compared.set(id, toPerVisitComparison(...samples, reasons, kind, alpha / comparisons));
    }
  });
  return compared;
}

const toPairs = ({ family }: Scope, decision: Decision | null): PairReading[] =>
  (decision?.open ?? []).flatMap(({ better, other, figures }): PairReading[] => {
    const [betterId, otherId] = [family[better]?.id, family[other]?.id];
    if (betterId === undefined || otherId === undefined) return [];
    const isReady = figures.kind === 'ready';
    const lift = isReady ? figures.lift : null;
    return [{ betterId, otherId, lift, liftInterval: isReady ? figures.liftInterval : null }];
  });
