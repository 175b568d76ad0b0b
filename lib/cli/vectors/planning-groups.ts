import { z } from 'zod';
import type { Figures, Group } from '@/lib/cli/vectors/inputs';
import { Alpha } from '@/lib/cli/vectors/inputs';
import {
  cohenH,
  sampleSizeArcsine,
  sampleSizeEvanMiller,
  sampleSizePooled,
  sampleSizeUnequal,
  sampleSizeUnpooled,
} from '@/lib/core/stats/sample-size';
import { sequenceSampleSize } from '@/lib/core/stats/sequence-planning';
import { smallestDifference, smallestDifferenceSimple } from '@/lib/core/stats/smallest-effect';

export const Level = z.object({
  alpha: Alpha,
  power: z.number().default(0.8),
  sides: z.union([z.literal(1), z.literal(2)]).default(2),
});
export const Target = Level.extend({ baseline: z.number(), target: z.number() });

/** A sample size as it is, and rounded up under its name with `_ceil`. */
const withCeil = (sizes: Readonly<Record<string, number | null>>): Figures =>
  Object.fromEntries(
    Object.entries(sizes).flatMap(([name, size]) => [
      [name, size],
      [`${name}_ceil`, size === null ? null : Math.ceil(size)],
    ]),
  );

export const sampleSize: Group = (input) => {
  const plan = Target.parse(input);
  return {
    ...withCeil({
      n_per_arm_pooled_R: sampleSizePooled(plan),
      n_per_arm_unpooled: sampleSizeUnpooled(plan),
      n_per_arm_evan_miller: sampleSizeEvanMiller(plan),
      n_per_arm_arcsine_approx: sampleSizeArcsine(plan),
    }),
    cohen_h: cohenH(plan.baseline, plan.target),
  };
};

export const sampleSizeUnequalGroup: Group = (input) => {
  const { treatment_to_control_ratio: ratio, ...plan } = Target.extend({
    treatment_to_control_ratio: z.number(),
  }).parse(input);
  const sizes = sampleSizeUnequal(plan, ratio);
  return withCeil({
    n_control: sizes?.control ?? null,
    n_treatment: sizes?.treatment ?? null,
    total: sizes === null ? null : sizes.control + sizes.treatment,
  });
};

/** "50/50": control, then treatment. */
const Split = z
  .string()
  .regex(/^\s*\d+(\.\d+)?\s*\/\s*\d+(\.\d+)?\s*$/)
  .default('50/50')
  .transform((text) => text.split('/').map(Number) as [number, number]);

export const sampleSizeCs: Group = (input) => {
  const { Nstar, split, ...plan } = Target.extend({
    // Words mean: tuned to the sample that comes out.
    Nstar: z.union([z.number(), z.string()]).default('itself'),
    split: Split,
  }).parse(input);
  const ratio = split[1] / split[0];
  const plannedVisitors = typeof Nstar === 'number' ? Nstar : null;
  const total = sequenceSampleSize({ ...plan, plannedVisitors, ratio });
  const control = total === null ? null : total / (1 + ratio);
  return withCeil({
    total_n: total,
    n_per_arm: total === null ? null : total / 2,
    n_control: control,
    n_treatment: total === null || control === null ? null : total - control,
  });
};

export const mde: Group = (input) => {
  const { n_per_arm, ...plan } = Level.extend({
    baseline: z.number(),
    n_per_arm: z.number(),
  }).parse(input);
  const found = smallestDifference(plan, n_per_arm);
  return {
    mde_abs: found,
    mde_rel: found === null || plan.baseline === 0 ? null : found / plan.baseline,
    mde_abs_simple: smallestDifferenceSimple(plan, n_per_arm),
  };
};
