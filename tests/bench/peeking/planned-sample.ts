import { twoSidedQuantile } from '@/lib/core/stats/normal-quantile';

/** z of 80 % power. */
const Z_POWER = 0.8416212335729143;

/**
 * People of the whole experiment that one fixed test at 5 % needs for 80 % power: as R's `power.prop.test` at even
 * splits, by the unpooled variances at others.
 * Example: 5 % against 5.5 % at 50/50: 62,467.
 */
export function plannedSample(rates: readonly number[], weights: readonly number[]): number {
  const [pC = 0, pT = 0] = rates;
  const [wC = 0, wT = 0] = weights;
  const z = twoSidedQuantile(0.05);
  const d2 = (pT - pC) ** 2;
  const [vC, vT] = [pC * (1 - pC), pT * (1 - pT)];
  if (wC === wT) {
    const p = (pC + pT) / 2;
    const root = z * Math.sqrt(2 * p * (1 - p)) + Z_POWER * Math.sqrt(vC + vT);
    return Math.ceil(root ** 2 / d2 / wC);
  }
  return Math.ceil(((z + Z_POWER) ** 2 * (vC / wC + vT / wT)) / d2);
}
