import { z } from 'zod';
import type { Group } from '@/lib/cli/vectors/inputs';
import { Alpha, ends } from '@/lib/cli/vectors/inputs';
import { twoSidedQuantile } from '@/lib/core/stats/normal-quantile';
import type { RevenueTotals } from '@/lib/core/stats/revenue-bounds';
import {
  averageOrder,
  leastVariance,
  mostVariance,
  revenuePerVisitor,
  revenueTest,
} from '@/lib/core/stats/revenue-bounds';

const Totals = z.object({ visitors: z.number(), purchases: z.number(), revenue: z.number() });

export const revenueNoSecondMoment: Group = (input) => {
  const {
    control: c,
    treatment: t,
    alpha,
    max_order_value: cap,
  } = z
    .object({
      control: Totals,
      treatment: Totals,
      alpha: Alpha,
      max_order_value: z.number().nullable().default(null),
    })
    .parse(input);
  const z1 = twoSidedQuantile(alpha);
  const [rpvC, rpvT] = [revenuePerVisitor(c), revenuePerVisitor(t)];
  const least = [leastVariance(c), leastVariance(t)] as const;
  const optimistic = revenueTest(c, t, least, z1);
  const most = (totals: RevenueTotals) => (cap === null ? null : mostVariance(totals, cap));
  const cautious = revenueTest(c, t, [most(c), most(t)], z1);
  return {
    rpvC,
    rpvT,
    aovC: averageOrder(c),
    aovT: averageOrder(t),
    diff: rpvC === null || rpvT === null ? null : rpvT - rpvC,
    lift: rpvC === null || rpvT === null || rpvC === 0 ? null : rpvT / rpvC - 1,
    var_lower_boundC: least[0],
    var_lower_boundT: least[1],
    z_upper_bound: optimistic?.z ?? null,
    p_lower_bound: optimistic?.p ?? null,
    verdict_without_cap: verdict(optimistic?.p ?? null, (p) => p > alpha, 'not significant'),
    var_upper_boundC: most(c),
    var_upper_boundT: most(t),
    z_lower_bound: cautious?.z ?? null,
    p_upper_bound: cautious?.p ?? null,
    ci_conservative: cautious === null ? null : ends(cautious.interval),
    verdict_with_cap: verdict(cautious?.p ?? null, (p) => p <= alpha, 'significant'),
  };
};

/** What a bound on p settles, in the file's words. */
function verdict(p: number | null, settles: (p: number) => boolean, word: string): string {
  if (p === null) return 'not enough data';
  return settles(p) ? `${word} whatever the cart spread` : 'undetermined: second moment needed';
}
