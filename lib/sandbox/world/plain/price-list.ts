import { toRevenueCents, type RevenueModel } from '@/lib/sandbox/world/arrivals';

/** Prices repeat after so many orders, which makes any sum of them one look-up. */
const PRICES = 512;

const lists = new WeakMap<RevenueModel, readonly number[]>();

/** What the first n orders of a line bring, in whole cents; `offset` tells lines apart. */
export function toTakings(model: RevenueModel, offset: number, n: number): number {
  const first = offset % PRICES;
  return sumUntil(model, first + n) - sumUntil(model, first);
}

function sumUntil(model: RevenueModel, n: number): number {
  const sums = lists.get(model) ?? createSums(model);
  return Math.floor(n / PRICES) * sums[PRICES]! + sums[n % PRICES]!;
}

function createSums(model: RevenueModel): readonly number[] {
  const sums = [0];
  for (let i = 0; i < PRICES; i += 1) {
    sums.push(sums[i]! + toRevenueCents(model, model.medianCents, 0, i, 1));
  }
  lists.set(model, sums);
  return sums;
}
