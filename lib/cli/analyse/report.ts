import {
  bayesFigures,
  fixedFigures,
  sequenceFigures,
  toSample,
} from '@/lib/cli/analyse/arm-figures';
import type { Study } from '@/lib/cli/analyse/follow-looks';
import { toMoment, toPlainReason } from '@/lib/cli/analyse/moments';
import { toPlainCall } from '@/lib/cli/analyse/plain-call';
import { sampleFacts } from '@/lib/cli/analyse/sample-facts';
import type { Analysis, ArmReading } from '@/lib/core/analysis/analysis';
import { countsGate } from '@/lib/core/analysis/gate';
import type { Reason } from '@/lib/core/analysis/reason';
import { readRevenue } from '@/lib/core/analysis/revenue';
import { DEFAULT_SETTINGS } from '@/lib/core/analysis/settings';

/** The whole analysis of counts as plain data; docs/analyse.md names every field with its unit. */
export function toReport(study: Study) {
  const { counts, analyses, settings } = study;
  const analysis = analyses[analyses.length - 1] ?? analyses[0];
  if (analysis === undefined) throw new Error('counts without a look');
  const reference = analysis.arms.find(({ isReference }) => isReference) ?? null;
  const bayes = bayesFigures(analysis, reference);
  const reasons = (list: readonly Reason[]) => list.map((reason) => toPlainReason(counts, reason));
  const isOpen = counts.timing === 'order';
  const revenue = readRevenue(study.experiment, analysis);

  const armOf = (arm: ArmReading) => {
    const { comparison } = arm;
    const isPair = reference !== null && comparison !== null;
    return {
      name: arm.name,
      isReference: arm.isReference,
      weight: arm.weight,
      visitors: arm.visitors,
      visits: arm.visits,
      conversions: arm.converted,
      rate: arm.rate,
      rateInterval: arm.rateInterval,
      comparison: comparison && {
        state: comparison.state,
        stateBeforeSevenDays:
          isOpen && comparison.state === 'winner' ? 'collecting' : comparison.state,
        reasons: [
          ...reasons(comparison.reasons),
          ...(isOpen && comparison.state === 'winner' ? [DAYS_UNKNOWN] : []),
        ],
        difference: comparison.difference,
        differenceInterval: comparison.differenceInterval,
        lift: comparison.lift,
        liftInterval: comparison.liftInterval,
        p: comparison.p,
        alpha: comparison.alpha,
        basis: comparison.basis,
      },
      // Below the gates, or where nothing may be judged, there is no p to show.
      sequence: isPair && comparison.p !== null ? sequenceFigures(analysis, reference, arm) : null,
      fixedHorizon: isPair ? fixedFigures(analysis, reference, arm) : null,
      bayesian: bayes.get(arm) ?? null,
      gates: isPair ? toGates(study, analysis, reference, arm) : null,
      sample: isPair ? sampleFacts(counts, analysis, reference, arm) : null,
      revenue: revenue?.arms.find(({ variationId }) => variationId === arm.variationId) ?? null,
    };
  };
  const { verdict, health, call, calls } = analysis;
  return {
    verdict: {
      state: verdict.state,
      stateBeforeSevenDays: beforeSevenDays(isOpen, analysis),
      variation: verdict.variationId,
      winners: verdict.winners,
      losers: verdict.losers,
      reasons: [
        ...reasons(verdict.reasons),
        ...(isOpen && verdict.winners.length > 0 ? [DAYS_UNKNOWN] : []),
      ],
    },
    reference: reference?.name ?? null,
    moment: toMoment(counts, analysis.asOfMs),
    method: {
      unit: analysis.unit,
      better: analysis.method.better,
      confidenceLevel: analysis.confidenceLevel,
      decidedBy:
        'confidence sequence with the larger standard error, Bonferroni over the variations: holds however often one looks',
      tunedVisitors: analysis.method.plannedVisitors,
      plannedVisitors: analysis.method.plannedEnd,
      plannedEffect: analysis.method.plannedEffect,
      smallestEffect: analysis.method.smallestEffect,
      neededCounts: settings.neededCounts,
      neededDays: DEFAULT_SETTINGS.neededDays,
      splitThreshold: settings.splitThreshold,
      maxOrderValue: analysis.method.maxOrderValue,
    },
    arms: analysis.arms.map(armOf),
    split: {
      state: health.checks.find(({ id }) => id === 'split')?.state ?? null,
      sequentialP: health.split.sequentialP,
      chiSquareP: health.split.chiSquareP,
      note: 'sequentialP is the smallest over the looks and blocks below splitThreshold; chiSquareP is valid for one look',
    },
    checks: health.checks.map(({ id, state, reasons: own }) => ({
      ...{ id, state, reasons: reasons(own) },
    })),
    call: call && toPlainCall(counts, call),
    calls: calls.map((one) => toPlainCall(counts, one)),
    looks: analyses.map((one) => ({
      ...toMoment(counts, one.asOfMs),
      state: one.verdict.state,
      variation: one.verdict.variationId,
      arms: one.arms.flatMap(({ name, comparison }) =>
        comparison === null
          ? []
          : [
              {
                ...{ name, state: comparison.state, lift: comparison.lift },
                ...{ liftInterval: comparison.liftInterval, p: comparison.p },
              },
            ],
      ),
    })),
    notes: counts.notes,
  };
}

export type Report = ReturnType<typeof toReport>;

/** Nobody told how long it ran: a winner is one only once seven full days have passed. */
const DAYS_UNKNOWN = {
  kind: 'days-unknown',
  neededDays: DEFAULT_SETTINGS.neededDays,
  stateBefore: 'collecting',
};

function beforeSevenDays(isOpen: boolean, { verdict, arms }: Analysis): string {
  if (!isOpen || verdict.winners.length === 0) return verdict.state;
  // A loser among arms that collect leaves the experiment undecided; otherwise it collects.
  const states = arms.flatMap(({ comparison }) => (comparison === null ? [] : [comparison.state]));
  const isSaid = states.some((state) => state === 'loser' || state === 'no-difference');
  return isSaid ? 'inconclusive' : 'collecting';
}

/** Each gate with what is needed, what is there, and what is missing. */
function toGates(
  { counts, settings }: Study,
  analysis: Analysis,
  reference: ArmReading,
  arm: ArmReading,
) {
  const gate = countsGate(
    toSample(analysis, reference),
    toSample(analysis, arm),
    settings.neededCounts,
  );
  const few = gate.reason?.kind === 'few-counts' ? gate.reason : null;
  const needed = DEFAULT_SETTINGS.neededDays;
  const { days } = toMoment(counts, analysis.asOfMs);
  return {
    counts: {
      isOpen: gate.isOpen,
      progress: gate.progress,
      neededExpected: settings.neededCounts,
      smallestExpected: gate.isOpen ? null : (few?.smallestExpected ?? 0),
      missingPeople: gate.isOpen ? 0 : (few?.missing ?? null),
    },
    days:
      days === null
        ? { isOpen: null, needed, days: null, note: 'days not given: not checked' }
        : { isOpen: days >= needed, needed, days, note: null },
  };
}
