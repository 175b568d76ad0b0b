import { normalQuantile } from '@/lib/core/stats/normal-quantile';

/** What a fixed-horizon test is planned for. All fractions; `sides` 1 spends alpha on one side only. */
export interface Plan {
  readonly baseline: number;
  readonly target: number;
  readonly alpha: number;
  readonly power: number;
  readonly sides?: 1 | 2;
}

/** z for the level and z for the power. */
export const planQuantiles = ({ alpha, power, sides = 2 }: Omit<Plan, 'baseline' | 'target'>) =>
  ({ level: -normalQuantile(alpha / sides), power: normalQuantile(power) }) as const;

const spread = (p: number): number => p * (1 - p);

/**
 * People per arm for two equal arms, one look, real-valued (round up). Null where the target is the baseline.
 * Formula: ((z_a sqrt(2 p q) + z_b sqrt(p1 q1 + p2 q2))/|p2 - p1|)², p the mean of both; R `power.prop.test`.
 * Example: 5 % to 6 %, alpha 0.05, power 0.8: 8,157.73.
 */
export function sampleSizePooled(plan: Plan): number | null {
  const mean = (plan.baseline + plan.target) / 2;
  return twoTerms(plan, 2 * spread(mean));
}

/**
 * The same by Evan Miller's calculator: the baseline's spread in the first term, ((z_a sqrt(2 p1 q1) + ...)/d)².
 * Example: 20 % to 25 %, alpha 0.05, power 0.8: 1,030.22 (printed as 1,030).
 */
export const sampleSizeEvanMiller = (plan: Plan): number | null =>
  twoTerms(plan, 2 * spread(plan.baseline));

/**
 * The same with the unpooled spread alone: (z_a + z_b)² (p1 q1 + p2 q2)/d².
 * Example: 5 % to 6 %, alpha 0.05, power 0.8: 8,154.99.
 */
export const sampleSizeUnpooled = (plan: Plan): number | null =>
  sampleSizeUnequal(plan, 1)?.control ?? null;

/** Cohen's h of two rates: 2 asin sqrt(p2) - 2 asin sqrt(p1). Example: 5 % to 6 %: 0.0439073. */
export const cohenH = (baseline: number, target: number): number =>
  2 * Math.asin(Math.sqrt(target)) - 2 * Math.asin(Math.sqrt(baseline));

/**
 * The same by the arcsine transformation: 2 (z_a + z_b)²/h² (`pwr.2p.test` to 5e-5, which counts the far tail too).
 * Example: 5 % to 6 %, alpha 0.05, power 0.8: 8,142.62.
 */
export function sampleSizeArcsine(plan: Plan): number | null {
  const z = planQuantiles(plan);
  const h = cohenH(plan.baseline, plan.target);
  return h === 0 ? null : (2 * (z.level + z.power) ** 2) / h ** 2;
}

/**
 * People of both arms where the treatment gets `ratio` times the control's: n_C = (z_a + z_b)² (p1 q1 + p2 q2/k)/d².
 * Example: 5 % to 5.5 %, twice as many in the treatment, alpha 0.05, power 0.8: 23,071.8 and 46,143.6.
 */
export function sampleSizeUnequal(
  plan: Plan,
  ratio: number,
): { readonly control: number; readonly treatment: number } | null {
  const { baseline, target } = plan;
  const d = target - baseline;
  if (d === 0 || !(ratio > 0)) return null;
  const z = planQuantiles(plan);
  const variance = spread(baseline) + spread(target) / ratio;
  const control = ((z.level + z.power) ** 2 * variance) / (d * d);
  return { control, treatment: ratio * control };
}

function twoTerms(plan: Plan, underNull: number): number | null {
  const { baseline, target } = plan;
  if (target === baseline) return null;
  const z = planQuantiles(plan);
  const root =
    z.level * Math.sqrt(underNull) + z.power * Math.sqrt(spread(baseline) + spread(target));
  return (root / (target - baseline)) ** 2;
}
