/** Readings and curves as a running experiment gives them; every figure is simulated from a seed. */
import type {
  Analysis,
  ArmReading,
  Comparison,
  CurveArm,
  CurvePoint,
  ExperimentState,
  VariationState,
} from '@/lib/core/analysis/analysis';
import type { Call } from '@/lib/core/analysis/call';
import type { Interval, Reason } from '@/lib/core/analysis/reason';
import { experimentId, goalId, projectId, variationId } from '@/lib/core/experiment/ids';
import type { Curve, Reading } from '@/lib/core/live/reading';

export const LAUNCH_MS = Date.UTC(2026, 3, 28, 8, 0);
const DAY_MS = 86_400_000;

export interface SceneArm {
  readonly name: string;
  readonly rate: number;
  readonly weight?: number;
  readonly state?: VariationState;
  readonly reasons?: readonly Reason[];
}

export interface SceneOptions {
  readonly arms: readonly SceneArm[];
  readonly days: number;
  readonly looks: number;
  readonly peopleADay: number;
  readonly verdict?: ExperimentState;
  readonly callDay?: number | null;
  readonly isConfirmed?: boolean;
  /** Days without any look. */
  readonly gap?: readonly [from: number, to: number];
  /** No upper limit of the first variation from the start up to this day (1000: to the end). */
  readonly halfLineUntilDay?: number;
  readonly hasGate?: boolean;
  readonly missing?: number;
  readonly seed?: number;
  readonly reasons?: readonly Reason[];
}

export interface Scene {
  readonly reading: Reading;
  readonly curve: Curve;
  readonly nowMs: number;
}

function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

interface Counts {
  readonly visitors: number;
  readonly converted: number;
}

/** Wide enough to look like an interval that holds at all looks. */
function toLift(arm: Counts, reference: Counts): { lift: number; interval: Interval } | null {
  if (Math.min(arm.converted, reference.converted) < 25) return null;
  const lift = arm.converted / arm.visitors / (reference.converted / reference.visitors) - 1;
  const error = Math.sqrt(1 / arm.converted + 1 / reference.converted) * 3.1;
  return {
    lift,
    interval: {
      lower: (1 + lift) * Math.exp(-error) - 1,
      upper: (1 + lift) * Math.exp(error) - 1,
    },
  };
}

function toRateInterval({ visitors, converted }: Counts): Interval {
  const p = converted / visitors;
  const half = 1.96 * Math.sqrt((p * (1 - p)) / visitors + 1 / (4 * visitors * visitors));
  return { lower: Math.max(0, p - half), upper: Math.min(1, p + half) };
}

/** First 10 looks are bought back, log-spaced over the first three days; the others come at an even pace. */
function lookDays({ days, looks, gap }: SceneOptions): readonly number[] {
  const early = Array.from({ length: 10 }, (_, at) => Math.min(3, days / 2) * 0.07 ** (1 - at / 9));
  const from = early.at(-1) ?? 0;
  const late = Array.from({ length: looks }, (_, at) => from + ((days - from) * (at + 1)) / looks);
  return [...early, ...late].filter((day) => gap === undefined || day < gap[0] || day > gap[1]);
}

export function createScene(options: SceneOptions): Scene {
  const random = createRandom(options.seed ?? 7);
  const { arms, peopleADay } = options;
  const totalWeight = arms.reduce((sum, arm) => sum + (arm.weight ?? 1), 0);
  let counts: readonly Counts[] = arms.map(() => ({ visitors: 0, converted: 0 }));
  let before = 0;
  const points: CurvePoint[] = [];
  const days = lookDays(options);
  for (const [index, day] of days.entries()) {
    const added = (day - before) * peopleADay;
    before = day;
    counts = counts.map((count, at) => {
      const arm = arms[at];
      const people = Math.round((added * (arm?.weight ?? 1)) / totalWeight);
      const expected = people * (arm?.rate ?? 0);
      const spread = Math.sqrt(expected * (1 - (arm?.rate ?? 0)));
      const converted = Math.round(expected + (random() + random() - 1) * 2.2 * spread);
      return {
        visitors: count.visitors + people,
        converted: count.converted + Math.max(0, Math.min(people, converted)),
      };
    });
    points.push({
      atMs: LAUNCH_MS + Math.round(day * DAY_MS),
      source: index < 10 ? 'backfill' : 'live',
      visitors: counts.reduce((sum, { visitors }) => sum + visitors, 0),
      arms: counts.map((count, at) => toCurveArm(count, counts[0] ?? count, at, day, options)),
    });
  }
  const last = points.at(-1);
  const asOfMs = last?.atMs ?? LAUNCH_MS;
  const reading = toReading(options, counts, points, asOfMs);
  return {
    reading,
    curve: { questionKey: reading.questionKey, revision: 1, points: points.slice(0, -1) },
    nowMs: asOfMs + 42_000,
  };
}

function toCurveArm(
  count: Counts,
  reference: Counts,
  at: number,
  day: number,
  options: SceneOptions,
): CurveArm {
  const lift = at === 0 || options.hasGate ? null : toLift(count, reference);
  const isHalf = at === 1 && day < (options.halfLineUntilDay ?? 0);
  return {
    variationId: variationId(at),
    rate: count.visitors === 0 ? null : count.converted / count.visitors,
    rateInterval: count.visitors === 0 ? null : toRateInterval(count),
    lift: lift?.lift ?? null,
    liftInterval:
      lift === null ? null : { ...lift.interval, upper: isHalf ? null : lift.interval.upper },
  };
}

function toReading(
  options: SceneOptions,
  counts: readonly Counts[],
  points: readonly CurvePoint[],
  asOfMs: number,
): Reading {
  const last = points.at(-1);
  const { arms, verdict = 'inconclusive' } = options;
  const key = `scene-${options.seed ?? 7}`;
  const analysisArms = arms.map((arm, at) => toArm(arm, at, counts[at], last?.arms[at], options));
  const leader = analysisArms
    .filter((arm) => arm.comparison?.lift != null)
    .toSorted((a, b) => (b.comparison?.lift ?? 0) - (a.comparison?.lift ?? 0))[0];
  const winner = analysisArms.find((arm) => arm.comparison?.state === 'winner');
  const loser = analysisArms.find((arm) => arm.comparison?.state === 'loser');
  const call = toCall(options, winner ?? loser ?? null, asOfMs, points);
  const analysis: Analysis = {
    goalId: goalId(1),
    referenceId: variationId(0),
    confidenceLevel: 0.95,
    unit: 'visitors',
    sinceMs: null,
    asOfMs,
    day: Math.floor(options.days),
    arms: analysisArms,
    leaderId: winner?.variationId ?? leader?.variationId ?? null,
    health: {
      state: verdict === 'blocked' ? 'unhealthy' : 'healthy',
      checks: [],
      split: { sequentialP: 0.6, chiSquareP: 0.4 },
    },
    verdict: {
      state: verdict,
      variationId: winner?.variationId ?? loser?.variationId ?? null,
      winners: winner === undefined ? [] : [winner.variationId],
      losers: loser === undefined ? [] : [loser.variationId],
      reasons: options.reasons ?? [],
    },
    call,
    calls: call === null ? [] : [call],
    guardrails: [],
    method: {
      plannedVisitors: 10_000,
      plannedEnd: null,
      plannedEffect: null,
      smallestEffect: 0.01,
      better: 'higher',
      maxOrderValue: null,
    },
  };
  return {
    questionKey: key,
    experiment: {
      id: experimentId(188_400),
      name: 'Quote funnel, second redesign',
      project: { id: projectId(1), name: 'Insurance FR' },
      status: 'active',
      allocation: 'manual',
      isMultivariate: false,
      variations: arms.map((arm, at) => ({
        id: variationId(at),
        name: arm.name,
        isOriginal: at === 0,
        weight: null,
      })),
      goals: [
        {
          id: goalId(1),
          name: 'Insurance subscription',
          kind: 'CLICK',
          hasMultipleConversions: false,
        },
      ],
      mainGoalId: goalId(1),
      tags: [],
      startedAtMs: LAUNCH_MS,
      endedAtMs: null,
      statusChangedAtMs: null,
      splitChangedAtMs: null,
    },
    analysis,
    sparkline: { variationId: null, points: [] },
    freshness: {
      state: 'live',
      asOfMs,
      nextReadingAtMs: asOfMs + 60_000,
      isReading: false,
      problem: null,
    },
    outlook: null,
    plan: null,
    curveRevision: 1,
    notesRevision: 1,
  };
}

function toArm(
  arm: SceneArm,
  at: number,
  count: Counts = { visitors: 0, converted: 0 },
  point: CurveArm | undefined,
  options: SceneOptions,
): ArmReading {
  const isReference = at === 0;
  const comparison: Comparison = {
    state: arm.state ?? (options.hasGate ? 'collecting' : 'inconclusive'),
    reasons: options.hasGate
      ? [{ kind: 'few-counts', smallestExpected: 11, needed: 25, missing: options.missing ?? 410 }]
      : (arm.reasons ?? []),
    difference: null,
    differenceInterval: null,
    lift: point?.lift ?? null,
    liftInterval: point?.liftInterval ?? null,
    p: null,
    alpha: 0.05 / Math.max(1, options.arms.length - 1),
    basis: 'sequence',
    gateProgress: options.hasGate ? 0.44 : 1,
  };
  return {
    variationId: variationId(at),
    name: arm.name,
    isReference,
    isOriginal: isReference,
    place: at,
    weight: null,
    visitors: count.visitors,
    visits: Math.round(count.visitors * 1.2),
    converted: count.converted,
    conversions: count.converted,
    revenue: null,
    rate: count.visitors === 0 ? null : count.converted / count.visitors,
    rateInterval: point?.rateInterval ?? null,
    platform: {
      rate: null,
      lift: null,
      reliability: isReference ? null : arm.state === 'winner' ? 0.99987 : 0.407,
    },
    comparison: isReference ? null : comparison,
  };
}

/** Called at the first look from `callDay` on at which the band has left zero. */
function toCall(
  options: SceneOptions,
  arm: ArmReading | null,
  asOfMs: number,
  points: readonly CurvePoint[],
): Call | null {
  const { callDay, isConfirmed = true } = options;
  if (callDay == null || arm === null) return null;
  const look = points.find(({ atMs, arms }) => {
    const interval = arms[arm.place]?.liftInterval;
    if (interval == null || atMs < LAUNCH_MS + callDay * DAY_MS) return false;
    return (interval.lower ?? -1) > 0 || (interval.upper ?? 1) < 0;
  });
  const calledAtMs = look?.atMs ?? asOfMs;
  const confirmedAtMs = calledAtMs + DAY_MS;
  return {
    state: arm.comparison?.state === 'loser' ? 'loser' : 'winner',
    variationId: arm.variationId,
    calledAtMs,
    day: Math.floor((calledAtMs - LAUNCH_MS) / DAY_MS),
    unit: 'visitors',
    sinceMs: null,
    isFinal: false,
    confirmedAtMs: isConfirmed && confirmedAtMs < asOfMs ? confirmedAtMs : null,
    heldSinceMs: null,
    shakenAtMs: null,
    lowSinceMs: null,
    bestSinceMs: null,
    withdrawn: null,
    events: [],
  };
}

const LONG =
  'Long form with the price shown first, the reviews beside it and a shorter summary, v2';

export const SCENES = {
  winner: () =>
    createScene({
      arms: [
        { name: 'Original', rate: 0.0412 },
        { name: 'Redesign 1', rate: 0.0475, state: 'winner' },
        { name: 'Redesign 2', rate: 0.0416 },
        { name: 'Short form', rate: 0.0405 },
      ],
      days: 22.3,
      looks: 90,
      peopleADay: 8000,
      verdict: 'winner',
      callDay: 7,
    }),
  loser: () =>
    createScene({
      arms: [
        { name: 'Original', rate: 0.08 },
        { name: 'After tax', rate: 0.065, state: 'loser' },
      ],
      days: 4.2,
      looks: 60,
      peopleADay: 9000,
      verdict: 'loser',
      callDay: 3,
      isConfirmed: false,
      seed: 11,
    }),
  blocked: () =>
    createScene({
      arms: [
        { name: 'Original', rate: 0.06, weight: 0.54 },
        { name: 'Sticky bar', rate: 0.066, weight: 0.46, state: 'blocked' },
      ],
      days: 16,
      looks: 120,
      peopleADay: 3000,
      verdict: 'blocked',
      seed: 13,
    }),
  early: () =>
    createScene({
      arms: [
        { name: 'Original', rate: 0.01 },
        { name: 'Short', rate: 0.011 },
      ],
      days: 1.4,
      looks: 12,
      peopleADay: 900,
      verdict: 'collecting',
      hasGate: true,
      seed: 17,
    }),
  noConversions: () =>
    createScene({
      arms: [
        { name: 'Original', rate: 0 },
        { name: 'Short', rate: 0 },
      ],
      days: 2,
      looks: 12,
      peopleADay: 602,
      verdict: 'collecting',
      hasGate: true,
      seed: 19,
    }),
  nearAll: () =>
    createScene({
      arms: [
        { name: 'Original', rate: 0.985 },
        { name: 'One step', rate: 0.987 },
      ],
      days: 12,
      looks: 80,
      peopleADay: 2500,
      seed: 23,
    }),
  five: () =>
    createScene({
      arms: [
        { name: 'Original page of the shop', rate: 0.05 },
        { name: LONG, rate: 0.0555, state: 'winner' },
        { name: '料金を先に表示する新しいお申し込みフォーム', rate: 0.0512 },
        { name: 'نموذج أقصر مع السعر أولا', rate: 0.0508 },
        { name: 'Kurz & <b>fett</b>', rate: 0.0504, reasons: [] },
        { name: 'No hero', rate: 0.043, state: 'loser' },
      ],
      days: 31,
      looks: 300,
      peopleADay: 14000,
      verdict: 'winner',
      callDay: 12,
      gap: [18, 20.5],
      seed: 29,
    }),
  halfLine: () =>
    createScene({
      arms: [
        { name: 'Original', rate: 0.01 },
        { name: 'Bold offer', rate: 0.0155 },
      ],
      days: 5.2,
      looks: 60,
      peopleADay: 2000,
      halfLineUntilDay: 1000,
      verdict: 'collecting',
      seed: 31,
    }),
  ninetyTen: () =>
    createScene({
      arms: [
        { name: 'Original', rate: 0.12, weight: 9 },
        { name: 'Careful start', rate: 0.126, weight: 1 },
      ],
      days: 60,
      looks: 240,
      peopleADay: 3000,
      seed: 37,
    }),
} satisfies Record<string, () => Scene>;
