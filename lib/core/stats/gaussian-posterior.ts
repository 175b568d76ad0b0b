import { normalCdf, normalDensity, oneSidedP } from '@/lib/core/stats/one-sided-p';

export interface GaussianPosterior {
  readonly mean: number;
  readonly deviation: number;
  /** Chance that the effect is above 0. */
  readonly chance: number;
  /** Expected loss if control is kept, E[max(effect, 0)], and if the treatment is taken, E[max(-effect, 0)]. */
  readonly risk: { readonly control: number; readonly treatment: number };
}

/**
 * Posterior of an effect that was measured with a normal error, under a normal prior (flat when none is given): the
 * "Bayesian engine" of GrowthBook and Eppo, on the delta-method lift. It is not the beta-binomial posterior: 49 against
 * 51 of 100 give 0.6092 here and 0.6108 there (statistics A3). For comparison with other tools only.
 * Precision 1/v = 1/prior + 1/error²; E[max(X, 0)] = m Phi(m/s) + s phi(m/s).
 * Example: lift 0.0408163, error 0.147253: chance 0.609181, risk 0.0813960 and 0.0405797.
 */
export function gaussianPosterior(
  effect: number,
  error: number,
  prior: { readonly mean: number; readonly variance: number } | null = null,
): GaussianPosterior {
  const precision = 1 / (error * error) + (prior === null ? 0 : 1 / prior.variance);
  const pull = effect / (error * error) + (prior === null ? 0 : prior.mean / prior.variance);
  const mean = pull / precision;
  const deviation = Math.sqrt(1 / precision);
  const z = mean / deviation;
  const bell = deviation * normalDensity(z);
  return {
    mean,
    deviation,
    chance: normalCdf(z),
    risk: { control: mean * normalCdf(z) + bell, treatment: bell - mean * oneSidedP(z) },
  };
}
