import { z } from 'zod';
import type { Group } from '@/lib/cli/vectors/inputs';
import { Alpha, Counts, Pair, ends } from '@/lib/cli/vectors/inputs';
import type { Beta } from '@/lib/core/stats/beta-posterior';
import { betaMean, credibleRate, posteriorOf } from '@/lib/core/stats/beta-posterior';
import { chancesToWin } from '@/lib/core/stats/chance-to-win';
import { credibleDifference, credibleLift } from '@/lib/core/stats/credible-effect';

export const Prior = z
  .tuple([z.number(), z.number()])
  .default([1, 1])
  .transform(([a, b]): Beta => ({ a, b }));

const parameters = (beta: Beta | null) => (beta === null ? null : [beta.a, beta.b]);
const meanOf = (beta: Beta | null) => (beta === null ? null : betaMean(beta));

export const bayes2: Group = (input) => {
  const { control, treatment, alpha, prior } = Pair.extend({ alpha: Alpha, prior: Prior }).parse(
    input,
  );
  const [c, t] = [posteriorOf(control, prior), posteriorOf(treatment, prior)];
  const both = c === null || t === null ? null : ([c, t] as const);
  const [ofC, ofT] = both === null ? [] : chancesToWin(both);
  return {
    posteriorC: parameters(c),
    posteriorT: parameters(t),
    meanC: meanOf(c),
    meanT: meanOf(t),
    chance_to_beat_control: ofT?.beatsFirst ?? null,
    expected_loss_choose_treatment: ofT?.loss ?? null,
    expected_loss_choose_control: ofC?.loss ?? null,
    ci_rateC: c === null ? null : ends(credibleRate(c, alpha)),
    ci_rateT: t === null ? null : ends(credibleRate(t, alpha)),
    ci_diff: both === null ? null : ends(credibleDifference(...both, alpha)),
    ci_lift: both === null ? null : ends(credibleLift(...both, alpha)),
  };
};

export const bayesK: Group = (input) => {
  const { arms, prior } = z.object({ arms: z.array(Counts), prior: Prior }).parse(input);
  const posteriors = arms.map((arm) => posteriorOf(arm, prior));
  const known = posteriors.filter((posterior) => posterior !== null);
  const chances = known.length === arms.length ? chancesToWin(known) : null;
  return {
    p_best: chances?.map(({ best }) => best) ?? null,
    p_best_sum: chances?.reduce((sum, { best }) => sum + best, 0) ?? null,
    expected_loss: chances?.map(({ loss }) => loss) ?? null,
    chance_to_beat_first: chances?.map(({ beatsFirst }) => beatsFirst) ?? null,
    mean: posteriors.map(meanOf),
  };
};
