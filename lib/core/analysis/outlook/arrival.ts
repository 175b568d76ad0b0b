import { DAY_MS } from '@/lib/core/analysis/decide';
import type { PairPlan } from '@/lib/core/analysis/family';
import { followCourse } from '@/lib/core/analysis/outlook/course';
import { decidedBy } from '@/lib/core/analysis/outlook/decision-times';
import type { Hypothesis } from '@/lib/core/analysis/outlook/hypothesis';
import { sequenceBorder, suppose } from '@/lib/core/analysis/outlook/hypothesis';
import { toRange } from '@/lib/core/analysis/outlook/range-of-times';
import type { Traffic } from '@/lib/core/analysis/outlook/traffic';
import { forecast } from '@/lib/core/analysis/outlook/traffic';
import type { Better } from '@/lib/core/analysis/settings';
import { twoSidedQuantile } from '@/lib/core/stats/normal-quantile';
import type { Sample } from '@/lib/core/stats/sample';

/**
 * When a comparison will be decided.
 * `range`: with a chance of `share` between the two moments, if the true effect is the planned one, up or down, and
 * traffic goes on as it did; `latestMs` null: later than is looked ahead. `beyond`: more likely than not it takes longer
 * than so many days ("never at this traffic"). `no-plan`: nobody planned an effect, so no moment can be named
 * (statistics A8; the effect observed so far never stands in for it). `no-conversions`, `no-traffic`: nothing to reckon
 * with. `not-judged`: figures are shown, nothing is decided on them.
 */
export type Arrival =
  | {
      readonly kind: 'range';
      readonly share: number;
      readonly earliestMs: number;
      readonly medianMs: number;
      readonly latestMs: number | null;
    }
  | { readonly kind: 'beyond'; readonly days: number }
  | {
      readonly kind: 'no-plan' | 'decided' | 'no-traffic' | 'no-conversions' | 'not-judged';
    };

export interface ArrivalInput {
  /** People and converted of both arms, now. */
  readonly reference: Sample;
  readonly other: Sample;
  /** How the two are held against each other. */
  readonly plan: PairPlan;
  /** Relative effect that was planned; null: none. */
  readonly plannedEffect: number | null;
  readonly better: Better;
  /** When a winner has its days. */
  readonly daysAtMs: number;
  readonly traffic: Traffic | null;
  /** People of the pair among all whom the traffic counts, 0 to 1. */
  readonly pairShare: number;
  readonly lookEveryMs: number;
}

export const RANGE_SHARE = 0.8;
export const HORIZON_DAYS = 180;

/**
 * The range of moments at which an undecided comparison is decided. From where the counts stand now the difference goes
 * on as a random walk with the drift of the planned effect, up and down weighed by how well each explains the counts so
 * far, until a look finds it past the border that decides. In people of the pair first, then in time by the traffic's
 * rhythm and what is not known of it. Deterministic.
 *
 * What the 80 % means: of tests whose true effect is the planned one, up as often as down, 80 of 100 that are undecided
 * with such counts are decided within the range. It says nothing of tests with another effect. Decided is winner or
 * loser: "no difference" is not awaited, which an effect worth planning for does not end in.
 */
export function toArrival(input: ArrivalInput): Arrival {
  const { reference, other, plan, plannedEffect, traffic, pairShare, daysAtMs, better } = input;
  if (plannedEffect === null || !(Math.abs(plannedEffect) > 0)) return { kind: 'no-plan' };
  if (traffic === null || !(pairShare > 0) || !(reference.n > 0) || !(other.n > 0))
    return { kind: 'no-traffic' };
  const n = reference.n + other.n;
  const conversions = reference.x + other.x;
  if (conversions === 0 || conversions === n) return { kind: 'no-conversions' };

  const untilMs = traffic.fromMs + HORIZON_DAYS * DAY_MS;
  const peopleBy = (atMs: number): number => pairShare * forecast(traffic, atMs).mean;
  const endN = n + peopleBy(untilMs);
  const rate = conversions / n;
  const gateN =
    (n * plan.neededCounts) / (Math.min(reference.n, other.n) * Math.min(rate, 1 - rate));
  const finalN =
    plan.finalAlpha === null || n >= plan.plannedVisitors
      ? null
      : Math.max(plan.plannedVisitors, gateN);
  const perLook = (peopleBy(traffic.fromMs + 7 * DAY_MS) * input.lookEveryMs) / (7 * DAY_MS);
  const size = Math.abs(plannedEffect);
  const hypotheses = [
    suppose(reference, other, size),
    suppose(reference, other, -Math.min(size, 0.99)),
  ];
  const weights = weigh(hypotheses);
  const courses = hypotheses.map((hypothesis, i) => ({
    weight: weights[i] ?? 0,
    course: followCourse(hypothesis, {
      n,
      gateN,
      daysN: n + peopleBy(daysAtMs),
      final:
        finalN === null || plan.finalAlpha === null
          ? null
          : { n: finalN, multiplier: twoSidedQuantile(plan.finalAlpha) },
      endN,
      upper: sequenceBorder(hypothesis, plan, perLook, 1),
      lower: sequenceBorder(hypothesis, plan, perLook, -1),
      better,
    }),
  }));
  const chanceBy = decidedBy(courses, {
    traffic,
    share: pairShare,
    n,
    finalN,
    daysAtMs,
    conversions,
  });
  const jump =
    daysAtMs > traffic.fromMs ? { fromMs: daysAtMs, toMs: daysAtMs + input.lookEveryMs } : null;
  const range = toRange(chanceBy, RANGE_SHARE, traffic.fromMs, untilMs, jump);
  return range === null
    ? { kind: 'beyond', days: HORIZON_DAYS }
    : { kind: 'range', share: RANGE_SHARE, ...range };
}

/** Chances of the hypotheses after the counts so far, equal before them. */
function weigh(hypotheses: readonly Hypothesis[]): number[] {
  const best = Math.max(...hypotheses.map(({ logLikelihood }) => logLikelihood));
  const relative = hypotheses.map(({ logLikelihood }) => Math.exp(logLikelihood - best));
  const total = relative.reduce((sum, value) => sum + value, 0);
  return relative.map((value) => value / total);
}
