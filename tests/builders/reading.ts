/** Readings for tests and galleries: sound defaults, one named change at a time. */
import type {
  Analysis,
  ArmReading,
  Comparison,
  Health,
  HealthCheck,
  Verdict,
} from '@/lib/core/analysis/analysis';
import type { Call, CallEvent } from '@/lib/core/analysis/call';
import type { Reason } from '@/lib/core/analysis/reason';
import type { Experiment } from '@/lib/core/experiment/experiment';
import { experimentId, goalId, projectId, variationId } from '@/lib/core/experiment/ids';
import type { Curve, Freshness, Reading } from '@/lib/core/live/reading';

export const DAY_MS = 24 * 60 * 60 * 1000;
/** 19 May 2026, 10:00 UTC. */
export const NOW_MS = Date.UTC(2026, 4, 19, 10, 0, 0);
export const START_MS = NOW_MS - 22 * DAY_MS;
export const GOAL = goalId(9);

export const id = variationId;

export const anExperiment = (more: Partial<Experiment> = {}): Experiment => ({
  id: experimentId(188400),
  name: 'Quote funnel, second redesign',
  project: { id: projectId(1), name: 'Insurance FR' },
  status: 'active',
  allocation: 'manual',
  isMultivariate: false,
  variations: ['Original', 'Redesign 1', 'Redesign 2', 'Short form'].map((name, place) => ({
    id: variationId(place),
    name,
    isOriginal: place === 0,
    weight: 0.25,
  })),
  goals: [
    {
      id: GOAL,
      name: 'Insurance subscription',
      kind: 'CLICK',
      hasMultipleConversions: false,
    },
    { id: goalId(10), name: 'Quote asked', kind: 'CLICK', hasMultipleConversions: true },
  ],
  mainGoalId: GOAL,
  tags: [],
  startedAtMs: START_MS,
  endedAtMs: null,
  statusChangedAtMs: null,
  splitChangedAtMs: null,
  ...more,
});

export const aComparison = (more: Partial<Comparison> = {}): Comparison => ({
  state: 'inconclusive',
  reasons: [],
  difference: 0.001,
  differenceInterval: { lower: -0.004, upper: 0.006 },
  lift: 0.009,
  liftInterval: { lower: -0.102, upper: 0.134 },
  p: 0.4,
  alpha: 0.05 / 3,
  basis: 'sequence',
  gateProgress: 1,
  ...more,
});

export const anArm = (place: number, more: Partial<ArmReading> = {}): ArmReading => ({
  variationId: variationId(place),
  name: `Variation ${place}`,
  isReference: place === 0,
  isOriginal: place === 0,
  place,
  weight: 0.25,
  visitors: 43_900 + place,
  visits: 60_000,
  converted: 1_809,
  conversions: 1_950,
  revenue: null,
  rate: 0.0412,
  rateInterval: { lower: 0.039, upper: 0.0435 },
  platform: { rate: 0.0412, lift: 0.01, reliability: 0.5 },
  comparison: place === 0 ? null : aComparison(),
  ...more,
});

/** An arm whose lift and ends are given in percent: `lifted(1, 17.6, 5.1, 31.5)`. */
export const lifted = (
  place: number,
  lift: number,
  lower: number | null,
  upper: number | null,
  more: Partial<Comparison> = {},
): ArmReading =>
  anArm(place, {
    comparison: aComparison({
      lift: lift / 100,
      liftInterval: {
        lower: lower === null ? null : lower / 100,
        upper: upper === null ? null : upper / 100,
      },
      ...more,
    }),
  });

export const aHealth = (
  failed: Partial<Record<HealthCheck['id'], readonly Reason[]>> = {},
): Health => {
  const checks = (['split', 'unit', 'data', 'setup'] as const).map((check): HealthCheck => ({
    id: check,
    state: failed[check] ? 'failed' : 'passed',
    reasons: failed[check] ?? [],
  }));
  return {
    state: Object.keys(failed).length > 0 ? 'unhealthy' : 'healthy',
    checks,
    split: { sequentialP: 0.8, chiSquareP: 0.5 },
  };
};

export const aVerdict = (more: Partial<Verdict> = {}): Verdict => ({
  state: 'inconclusive',
  variationId: null,
  winners: [],
  losers: [],
  reasons: [],
  ...more,
});

export const aCall = (more: Partial<Call> = {}): Call => ({
  state: 'winner',
  variationId: variationId(1),
  calledAtMs: Date.UTC(2026, 4, 12, 14, 5),
  day: 14,
  unit: 'visitors',
  sinceMs: null,
  isFinal: false,
  confirmedAtMs: Date.UTC(2026, 4, 13, 14, 5),
  heldSinceMs: null,
  shakenAtMs: null,
  lowSinceMs: null,
  bestSinceMs: null,
  withdrawn: null,
  events: [],
  ...more,
});

/** An event of a call with its figures; lift and ends in percent. */
export const anEvent = (
  kind: CallEvent['kind'],
  atMs: number,
  lift: number,
  lower: number,
  upper: number,
  reason: CallEvent['reason'] = null,
): CallEvent => ({
  kind,
  atMs,
  figures: {
    reference: { n: 21_940, x: 904 },
    variation: { n: 21_977, x: 1_065 },
    lift: lift / 100,
    liftInterval: { lower: lower / 100, upper: upper / 100 },
    alpha: 0.05 / 3,
  },
  reason,
});

export const anAnalysis = (more: Partial<Analysis> = {}): Analysis => ({
  goalId: GOAL,
  referenceId: variationId(0),
  confidenceLevel: 0.95,
  unit: 'visitors',
  sinceMs: null,
  asOfMs: NOW_MS - 42_000,
  day: 22,
  arms: [anArm(0), anArm(1), anArm(2), anArm(3)],
  leaderId: variationId(1),
  health: aHealth(),
  verdict: aVerdict(),
  call: null,
  calls: more.call == null ? [] : [more.call],
  guardrails: [],
  method: {
    plannedVisitors: 10_000,
    plannedEnd: null,
    plannedEffect: null,
    smallestEffect: 0.01,
    better: 'higher',
    maxOrderValue: null,
  },
  ...more,
});

export const aFreshness = (more: Partial<Freshness> = {}): Freshness => ({
  state: 'live',
  asOfMs: NOW_MS - 42_000,
  nextReadingAtMs: NOW_MS + 18_000,
  isReading: false,
  problem: null,
  ...more,
});

export interface ReadingChange {
  readonly experiment?: Partial<Experiment>;
  readonly analysis?: Partial<Analysis> | null;
  readonly freshness?: Partial<Freshness>;
  readonly key?: string;
  readonly sparkline?: Reading['sparkline'];
}

export const aReading = (change: ReadingChange = {}): Reading => ({
  questionKey: change.key ?? '188400',
  experiment: anExperiment(change.experiment),
  analysis: change.analysis === null ? null : anAnalysis(change.analysis),
  sparkline: change.sparkline ?? { variationId: null, points: [] },
  freshness: aFreshness(change.freshness),
  outlook: null,
  plan: null,
  curveRevision: 1,
  notesRevision: 1,
});

export const aCurve = (more: Partial<Curve> = {}): Curve => ({
  questionKey: '188400',
  revision: 1,
  points: [],
  ...more,
});
