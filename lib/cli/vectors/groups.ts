import { bayes2, bayesK } from '@/lib/cli/vectors/bayes-groups';
import { decision } from '@/lib/cli/vectors/decision-group';
import type { Group } from '@/lib/cli/vectors/inputs';
import { adjustP, eBh } from '@/lib/cli/vectors/many-groups';
import { cuped, dailyPaired, welch } from '@/lib/cli/vectors/mean-groups';
import {
  mde,
  sampleSize,
  sampleSizeCs,
  sampleSizeUnequalGroup,
} from '@/lib/cli/vectors/planning-groups';
import { cs, csSequence, csTuning, twoProp } from '@/lib/cli/vectors/proportion-groups';
import { revenueNoSecondMoment } from '@/lib/cli/vectors/revenue-group';
import { dmConversions, srmChi2, srmSequential } from '@/lib/cli/vectors/split-groups';

/** Every group of cases that we can compute, by its name in a file; `published` is a list of its own there. */
export const GROUPS: Readonly<Record<string, Group>> = {
  two_prop: twoProp,
  cs,
  cs_tuning: csTuning,
  cs_sequence: csSequence,
  bayes2,
  bayes_k: bayesK,
  srm_chi2: srmChi2,
  srm_sequential: srmSequential,
  dm_conversions: dmConversions,
  adjust_p: adjustP,
  e_bh: eBh,
  sample_size: sampleSize,
  sample_size_unequal: sampleSizeUnequalGroup,
  sample_size_cs: sampleSizeCs,
  mde,
  welch,
  cuped,
  daily_paired: dailyPaired,
  revenue_no_second_moment: revenueNoSecondMoment,
  decision,
};
