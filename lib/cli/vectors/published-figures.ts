import { z } from 'zod';
import { Prior } from '@/lib/cli/vectors/bayes-groups';
import type { Figures } from '@/lib/cli/vectors/inputs';
import { Alpha, ends } from '@/lib/cli/vectors/inputs';
import { adjustP } from '@/lib/cli/vectors/many-groups';
import { Target } from '@/lib/cli/vectors/planning-groups';
import { metricFigures } from '@/lib/cli/vectors/published-metrics';
import { srmChi2 } from '@/lib/cli/vectors/split-groups';
import { credibleRate, posteriorOf } from '@/lib/core/stats/beta-posterior';
import { chancesToWin } from '@/lib/core/stats/chance-to-win';
import { sequenceMultiplier, tuneRho2 } from '@/lib/core/stats/confidence-sequence';
import { credibleDifference } from '@/lib/core/stats/credible-effect';
import { newcombe, wald } from '@/lib/core/stats/difference-interval';
import { marginalLikelihoods } from '@/lib/core/stats/marginal-likelihoods';
import { twoSidedQuantile } from '@/lib/core/stats/normal-quantile';
import { oneSidedP } from '@/lib/core/stats/one-sided-p';
import { falseAlarmsOfLooks } from '@/lib/core/stats/repeated-looks';
import type { Sample } from '@/lib/core/stats/sample';
import { sampleSizeEvanMiller, sampleSizePooled } from '@/lib/core/stats/sample-size';
import { twoProportionTest } from '@/lib/core/stats/two-proportion-test';
import { wilson } from '@/lib/core/stats/wilson';

/** [converted, of]. */
const Of = z.tuple([z.number(), z.number()]).transform(([x, n]): Sample => ({ n, x }));

/**
 * The figures of a published example, by the shape of what it was given: two metrics A and B, two proportions, arms with
 * a prior, p values, a split, a plan. `source` settles which of two calculators a plan was for.
 * Throws where no shape fits.
 */
export function publishedFigures(input: Figures, source: string): Figures {
  if ('A' in input) return metricFigures(input);
  if ('arms' in input) return armFigures(input);
  if ('control' in input) return pairFigures(input);
  if ('observed' in input) return srmChi2(input, {});
  if ('p' in input) {
    const { benjamini_hochberg: bh, benjamini_yekutieli: by, ...rest } = adjustP(input, {});
    return { ...rest, bh, by, benjamini_hochberg: bh, benjamini_yekutieli: by };
  }
  if ('data' in input) return splitFigures(input);
  if ('baseline' in input) return planFigures(input, source);
  if ('looks' in input) return looksFigures(input);
  if ('Nstar' in input) {
    const { n, Nstar, alpha } = Multiplier.parse(input);
    return { multiplier: sequenceMultiplier(n, tuneRho2(alpha, Nstar), alpha) };
  }
  throw new Error(`no figures are known for an input of ${Object.keys(input).join(', ')}`);
}

const Multiplier = z.object({ n: z.number(), Nstar: z.number(), alpha: Alpha });

/** Calculators of two proportions: Wald's interval with the pooled test (Spotify), or Newcombe's, or a one-sided z. */
function pairFigures(input: Figures): Figures {
  const {
    control: c,
    treatment: t,
    alpha,
  } = z.object({ control: Of, treatment: Of, alpha: Alpha }).parse(input);
  if ('prior' in input) return armFigures({ ...input, arms: [input.control, input.treatment] });
  const quantile = twoSidedQuantile(alpha);
  const [pooled, unpooled] = [twoProportionTest(c, t), twoProportionTest(c, t, 'unpooled')];
  const interval = wald(c, t, quantile);
  return {
    diff: t.x / t.n - c.x / c.n,
    ci: interval && ends(interval),
    wald: interval && ends(interval),
    newcombe_score: ends(newcombe(c, t, quantile)),
    p: pooled?.p ?? null,
    chi2: pooled?.chiSquare ?? null,
    z: unpooled?.z ?? null,
    z_pooled: pooled?.z ?? null,
    p_one_sided: unpooled ? oneSidedP(unpooled.z) : null,
    wilson: [ends(wilson(c, quantile)), ends(wilson(t, quantile))],
  };
}

function armFigures(input: Figures): Figures {
  const { arms, prior, alpha } = z
    .object({ arms: z.array(Of), prior: Prior, alpha: Alpha })
    .parse(input);
  const posteriors = arms.map((arm) => posteriorOf(arm, prior)).filter((beta) => beta !== null);
  if (posteriors.length < arms.length) return { lo: null, hi: null };
  const rates = posteriors.map((beta) => credibleRate(beta, alpha));
  const chances = chancesToWin(posteriors);
  const [first, second] = posteriors;
  const effect = first && second ? credibleDifference(first, second, alpha) : null;
  return {
    lo: rates.map(({ lower }) => lower),
    hi: rates.map(({ upper }) => upper),
    p_best: chances.map(({ best }) => best),
    expected_loss: chances.map(({ loss }) => loss),
    chance: chances[1]?.beatsFirst ?? null,
    loss: chances[1]?.loss ?? null,
    gain: chances[0]?.loss ?? null,
    ci: effect && ends(effect),
  };
}

/** optimizely/ssrm keeps both marginal likelihoods after each batch. */
function splitFigures(input: Figures): Figures {
  const Numbers = z.array(z.number());
  const { data, theta0, dirichlet } = z
    .object({ data: z.array(Numbers), theta0: Numbers, dirichlet: Numbers })
    .parse(input);
  const looks = marginalLikelihoods(data, theta0, dirichlet);
  const lnFactors = looks.map(({ lnUnknown, lnGiven }) => lnUnknown - lnGiven);
  return {
    logm1_logm0: looks.map(({ lnUnknown, lnGiven }) => [lnUnknown, lnGiven]),
    ln_bayes_factor: lnFactors,
    final_ln_bayes_factor: lnFactors.at(-1) ?? null,
  };
}

/** Armitage's table: false alarms of a fixed test at so many looks. */
function looksFigures(input: Figures): Figures {
  const Looks = z.number().int().min(1).max(2000);
  const { looks, alpha } = z
    .object({ looks: z.union([Looks, z.array(Looks)]), alpha: Alpha })
    .parse(input);
  const alarms = falseAlarmsOfLooks(Math.max(...[looks].flat()), alpha);
  const at = (count: number) => alarms[count - 1] ?? null;
  return { false_positive_rate: typeof looks === 'number' ? at(looks) : looks.map(at) };
}

/** Evan Miller's page rounds to the nearest, R's answer is rounded up. */
function planFigures(input: Figures, source: string): Figures {
  const plan = Target.parse(input);
  const [pooled, miller] = [sampleSizePooled(plan), sampleSizeEvanMiller(plan)];
  const up = pooled === null ? null : Math.ceil(pooled);
  return {
    n: /miller/i.test(source) ? (miller === null ? null : Math.round(miller)) : up,
    n_per_arm: pooled,
    n_per_arm_pooled_R: pooled,
    n_per_arm_evan_miller: miller,
  };
}
