import { sequenceMultiplier, tuneRho2 } from '@/lib/core/stats/confidence-sequence';
import type { Sample } from '@/lib/core/stats/sample';

/**
 * A pair of arms under a supposed true effect, as a Brownian motion in n, the people of the pair: the difference of rates
 * times n, over the standard deviation of one person's share in it. Its variance per person is 1.
 */
export interface Hypothesis {
  /** Log likelihood of the counts so far, up to a constant that all hypotheses on these counts share. */
  readonly logLikelihood: number;
  /** Mean change per person. */
  readonly drift: number;
  /** Where the counts so far stand. */
  readonly place: number;
  /** Place at which a difference of so many standard errors (SE = max) stands after n people; `way` 1 is up. */
  readonly placeOf: (multiplier: number, n: number, way: 1 | -1) => number;
}

/**
 * The counts under "the true relative effect is `effect`". The reference's rate is the one that fits both arms best,
 * x/(n_C + n_T (1 + effect)); the split stays what it is. Both arms need people, and one a conversion.
 */
export function suppose(reference: Sample, other: Sample, effect: number): Hypothesis {
  const n = reference.n + other.n;
  const share = other.n / n;
  const fitted = (reference.x + other.x) / (reference.n + other.n * (1 + effect));
  const base = inside(Math.min(fitted, 1 / (1 + Math.max(0, effect))));
  const rate = inside(base * (1 + effect));
  const variances = ofDifference(base, rate, share);
  const spread = Math.sqrt(variances.unpooled);
  const pooled = (1 - share) * base + share * rate;
  const likelihood = ({ n: people, x }: Sample, p: number): number =>
    x * Math.log(p) + (people - x) * Math.log1p(-p);
  return {
    logLikelihood: likelihood(reference, base) + likelihood(other, rate),
    drift: (rate - base) / spread,
    place: ((other.x / other.n - reference.x / reference.n) * n) / spread,
    placeOf: (multiplier, people, way) => {
      // SE = max depends on the rates observed there, and these on the difference: two rounds settle it.
      let difference = 0;
      for (let round = 0; round < 3; round += 1) {
        const seen = ofDifference(
          inside(pooled - share * difference),
          inside(pooled + (1 - share) * difference),
          share,
        );
        const error = Math.sqrt(Math.max(seen.unpooled, seen.pooled) / people);
        difference = way * multiplier * error;
      }
      return (difference * people) / spread;
    },
  };
}

/** How far beyond a border a path must go, in steps of one look, to be seen past it (Siegmund 1979): -zeta(1/2)/sqrt(2 pi). */
const BETWEEN_LOOKS = 0.5826;

/**
 * The border of the confidence sequence (statistics A2, at the level and N* that decide), moved out by what a path gains
 * between two looks of `perLook` people: between them nobody decides.
 */
export function sequenceBorder(
  { placeOf }: Hypothesis,
  { alpha, plannedVisitors }: { readonly alpha: number; readonly plannedVisitors: number },
  perLook: number,
  way: 1 | -1,
): (n: number) => number {
  const rho2 = tuneRho2(alpha, plannedVisitors);
  const beyond = way * BETWEEN_LOOKS * Math.sqrt(perLook);
  return (n) => placeOf(sequenceMultiplier(n, rho2, alpha), n, way) + beyond;
}

/** Variances of the difference times sqrt(n), per person of the pair; `share` is the other arm's. */
function ofDifference(
  base: number,
  rate: number,
  share: number,
): { readonly unpooled: number; readonly pooled: number } {
  const p = (1 - share) * base + share * rate;
  return {
    unpooled: (base * (1 - base)) / (1 - share) + (rate * (1 - rate)) / share,
    pooled: (p * (1 - p)) / (share * (1 - share)),
  };
}

const inside = (rate: number): number => Math.min(1 - 1e-9, Math.max(1e-9, rate));
