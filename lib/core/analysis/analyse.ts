import type { Analysis, Comparison, Verdict } from '@/lib/core/analysis/analysis';
import { findLeader, toArmReading } from '@/lib/core/analysis/arm-reading';
import type { Call } from '@/lib/core/analysis/call';
import type { Decision } from '@/lib/core/analysis/decide';
import { decide } from '@/lib/core/analysis/decide';
import { comparisonAlpha, planPair } from '@/lib/core/analysis/family';
import { isOfFamily } from '@/lib/core/analysis/call';
import { readGuardrails } from '@/lib/core/analysis/guardrails';
import type { History } from '@/lib/core/analysis/history';
import { isMethodOf, toMark } from '@/lib/core/analysis/history';
import type { LookReading } from '@/lib/core/analysis/read-look';
import { readLook, toAlpha } from '@/lib/core/analysis/read-look';
import type { PairReading } from '@/lib/core/analysis/reason';
import type { Settings } from '@/lib/core/analysis/settings';
import { DEFAULT_SETTINGS, betterOf } from '@/lib/core/analysis/settings';
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
  /** Of all earlier looks; whether it already holds this one makes no difference but for calls and final looks. */
  readonly history: History;
  readonly method: Method;
  readonly settings?: Partial<Settings>;
}

/**
 * The only maker of an `Analysis`: counts at a moment -> estimates, health, verdict (statistics A7, A12). Pure: the same
 * counts give the same analysis at any time of day. Calls are the history's: fold the look first (`addLook`).
 */
export function analyse(input: AnalyseInput): Analysis {
  const { experiment, snapshot, proof, method } = input;
  const settings = { ...DEFAULT_SETTINGS, ...input.settings };
  const isOwn = isMethodOf(input.history, experiment, method);
  const reading = readLook(input.history, { experiment, snapshot, proof, method, settings });
  const { history, scope, counts, health, standing, timeline, family, look } = reading;
  const calls = isOwn ? history.calls : [];
  const mark = toMark(snapshot);
  const standingCalls = calls.filter((call) => call.withdrawn === null && isOfFamily(call, mark));
  // No interval over returning people keeps its promise.
  const judged = counts.unit === 'visits' ? null : family;
  const decision = judged && decide(judged, look, isOwn ? history.finals : undefined);
  const compared = compareArms(reading, decision, toAlpha(method.confidenceLevel), standingCalls);
  const better = betterOf(settings, scope.goalId);

  const referenceId = scope.reference?.id ?? null;
  const arms = counts.arms.map((arm) =>
    toArmReading(arm, referenceId, compared.get(arm.variation.id) ?? null),
  );
  const calledBest = standingCalls.find(({ bestSinceMs }) => bestSinceMs !== null)?.variationId;
  const foundBest = decision?.best == null ? null : (scope.family[decision.best]?.id ?? null);
  const verdict = toVerdict({
    standing,
    arms: [...compared].map(([variationId, { state, reasons }]) => ({
      variationId,
      state,
      reasons,
    })),
    referenceId,
    bestId: standing.kind === 'judged' ? (calledBest ?? foundBest) : null,
    open: toPairs(reading, decision),
  });
  return {
    goalId: scope.goalId,
    referenceId,
    confidenceLevel: method.confidenceLevel,
    unit: counts.unit,
    sinceMs: mark.sinceMs,
    asOfMs: snapshot.asOfMs,
    day: timeline.day,
    arms,
    leaderId: verdict.state === 'winner' ? verdict.variationId : findLeader(arms, better),
    health,
    verdict,
    call: pickCall(verdict, standingCalls, calls),
    calls,
    guardrails: judged === null ? [] : readGuardrails(experiment, snapshot, judged, scope),
    method: {
      plannedVisitors:
        family === null
          ? settings.plannedVisitors
          : Math.max(...family.ids.map((_, place) => pairPlan(reading, place))),
      plannedEnd: settings.plannedEnd,
      plannedEffect: settings.plannedEffect,
      smallestEffect: settings.smallestEffect,
      better,
      maxOrderValue: settings.maxOrderValue,
    },
  };
}

/** N* of one comparison; 0 for the reference itself. */
const pairPlan = ({ family }: LookReading, place: number): number =>
  family === null || place === family.reference
    ? 0
    : planPair(family, family.reference, place, family.alpha).plannedVisitors;

/** Every arm of the family against the reference, in the order of the configuration. */
function compareArms(
  { scope: { reference, family: arms }, counts, standing, family }: LookReading,
  decision: Decision | null,
  alpha: number,
  calls: readonly Call[],
): Map<VariationId, Comparison> {
  const compared = new Map<VariationId, Comparison>();
  if (reference === null) return compared;
  const sampleOf = (id: VariationId) =>
    counts.arms.find(({ variation }) => variation.id === id)?.sample ?? null;
  arms.forEach(({ id }, place) => {
    if (id === reference.id) return;
    const arm = decision?.arms[place];
    const call = calls.find(({ variationId }) => variationId === id) ?? null;
    const ownAlpha =
      family === null
        ? alpha / Math.max(1, arms.length - 1)
        : planPair(family, family.reference, place, comparisonAlpha(family)).alpha;
    if (arm) compared.set(id, toComparison(arm, standing, { alpha, ownAlpha }, call));
    else if (standing.kind === 'blocked' || standing.kind === 'not-applicable') {
      const samples = [sampleOf(reference.id), sampleOf(id)] as const;
      compared.set(id, toPerVisitComparison(...samples, standing.reasons, standing.kind, ownAlpha));
    }
  });
  return compared;
}

/** What the verdict rests on: the best one's call, else the oldest that says what the verdict says. */
function pickCall(
  { state, variationId }: Verdict,
  standing: readonly Call[],
  all: readonly Call[],
): Call | null {
  const oldest = (said: Call['state']): Call | null =>
    standing
      .filter((call) => call.state === said)
      .reduce<Call | null>(
        (first, call) => (first === null || call.calledAtMs < first.calledAtMs ? call : first),
        null,
      );
  if (state === 'winner') return standing.find((call) => call.variationId === variationId) ?? null;
  if (state === 'several-winners') return oldest('winner');
  if (state === 'loser' || state === 'no-difference') return oldest(state);
  return all.findLast((call) => call.withdrawn !== null || !standing.includes(call)) ?? null;
}

const toPairs = ({ scope: { family } }: LookReading, decision: Decision | null): PairReading[] =>
  (decision?.open ?? []).flatMap(({ better, other, figures }): PairReading[] => {
    const [betterId, otherId] = [family[better]?.id, family[other]?.id];
    if (betterId === undefined || otherId === undefined) return [];
    const isReady = figures.kind === 'ready';
    const lift = isReady ? figures.lift : null;
    return [{ betterId, otherId, lift, liftInterval: isReady ? figures.liftInterval : null }];
  });
