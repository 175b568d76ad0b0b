import { botWorld, delayedWorld } from '@/tests/bench/peeking/odd-worlds';
import { product } from '@/tests/bench/peeking/product';
import type { Scenario } from '@/tests/bench/peeking/run-chunk';
import type { PlainWorld, World } from '@/tests/bench/peeking/world';
import { plainWorld, weeklyTraffic } from '@/tests/bench/peeking/world';

/** A/A: the arms are the same, so that every call is false. */
export interface Nothing {
  readonly group: 'rates' | 'splits' | 'arms' | 'looks' | 'traffic' | 'data';
  readonly scenario: Scenario;
  readonly visitors: number;
}

const LOOKS = 100;
const even = (arms: number): number[] => Array.from({ length: arms }, () => 1 / arms);

export function nothing(experiments: number): readonly Nothing[] {
  const make = (
    group: Nothing['group'],
    id: string,
    world: World,
    visitors: number,
    most = experiments,
  ): Nothing => ({
    group,
    visitors,
    scenario: {
      id,
      world,
      experiments: Math.min(experiments, most),
      seats: [
        { id: 'open', create: product },
        // The plan is reached half way, and people go on looking for as long again.
        { id: 'planned', create: product, plan: { plannedEnd: visitors / 2 } },
      ],
    },
  });
  const plain = (
    group: Nothing['group'],
    id: string,
    rate: number,
    weights: readonly number[],
    visitors: number,
    changes: Partial<PlainWorld> & { readonly most?: number } = {},
  ): Nothing => {
    const looks = changes.looks ?? LOOKS;
    const rates = weights.map(() => rate);
    const given = { weights, rates, looks, visitorsPerLook: visitors / looks, ...changes };
    return make(group, id, plainWorld(given), visitors, changes.most);
  };
  const base: PlainWorld = {
    weights: even(2),
    rates: [0.05, 0.05],
    looks: LOOKS,
    visitorsPerLook: 500,
  };
  const swing = weeklyTraffic(2_000, 4, 0.4);
  return [
    plain('rates', 'rate-0.1', 0.001, even(2), 100_000),
    plain('rates', 'rate-0.5', 0.005, even(2), 50_000),
    plain('rates', 'rate-1', 0.01, even(2), 20_000),
    plain('rates', 'rate-5', 0.05, even(2), 20_000),
    plain('rates', 'rate-5-long', 0.05, even(2), 200_000),
    plain('rates', 'rate-20', 0.2, even(2), 20_000),
    plain('rates', 'rate-50', 0.5, even(2), 20_000),
    plain('rates', 'rate-99', 0.99, even(2), 20_000),
    plain('splits', 'split-90-10', 0.05, [0.9, 0.1], 50_000),
    plain('splits', 'split-95-5', 0.01, [0.95, 0.05], 50_000),
    plain('splits', 'split-99-1', 0.002, [0.99, 0.01], 500_000),
    plain('splits', 'split-99-1-often', 0.2, [0.99, 0.01], 50_000),
    plain('splits', 'split-10-90', 0.05, [0.1, 0.9], 50_000),
    plain('splits', 'split-5-95', 0.01, [0.05, 0.95], 50_000),
    plain('arms', 'arms-3', 0.05, even(3), 30_000),
    plain('arms', 'arms-5', 0.05, even(5), 50_000),
    plain('arms', 'arms-5-control-60', 0.05, [0.6, 0.1, 0.1, 0.1, 0.1], 50_000),
    plain('looks', 'every-visitor', 0.05, even(2), 5_000, { looks: 5_000, most: 2_000 }),
    plain('looks', 'every-visitor-half', 0.5, even(2), 5_000, { looks: 5_000, most: 2_000 }),
    plain('looks', 'looks-1000', 0.05, even(2), 1_000_000, { looks: 1_000, most: 5_000 }),
    plain('looks', 'tiny', 0.5, even(2), 400),
    plain('traffic', 'weekly-traffic', 0.05, even(2), 56_000, {
      looks: 112,
      visitorsPerLook: swing,
    }),
    plain('traffic', 'weekly-rate', 0.05, even(2), 56_000, {
      looks: 112,
      visitorsPerLook: swing,
      ratesAt: (look) => {
        const rate = 0.05 * (1 + 0.4 * Math.cos((2 * Math.PI * look) / 28));
        return [rate, rate];
      },
    }),
    make('traffic', 'delayed', delayedWorld(base, 0.05), 50_000),
    make(
      'data',
      'bot-burst',
      botWorld(base, { fromLook: 40, looks: 3, perLook: 5_000, rate: 0.3, arm: null }),
      50_000,
    ),
    make(
      'data',
      'bot-burst-one-arm',
      botWorld(base, { fromLook: 40, looks: 3, perLook: 1_000, rate: 0, arm: 1 }),
      50_000,
    ),
    // A day without any count, and a day on which visitors are counted and conversions are lost.
    plain('data', 'outage', 0.05, even(2), 48_000, {
      visitorsPerLook: (look) => (look >= 40 && look < 44 ? 0 : 500),
    }),
    plain('data', 'outage-conversions', 0.05, even(2), 50_000, {
      visitorsPerLook: 500,
      ratesAt: (look) => (look >= 40 && look < 44 ? [0, 0] : [0.05, 0.05]),
    }),
  ];
}
