import type { PlainPlan } from '@/lib/sandbox/world/plain/census';
import type { Stretch } from './stretches';
import type { Truth } from './truth';

/** A plain experiment goes on as a plain one: the same steady truth by another split, from the turn on. */
export function toStretchPlan(
  plan: PlainPlan,
  { startMs, shares }: Stretch,
  truth: Truth,
): PlainPlan {
  const keys = [...shares.keys()];
  const { plain } = plan;
  return {
    ...plan,
    launchMs: startMs,
    configured: [...shares.values()],
    plain: {
      ...plain,
      rates: {},
      ratesOf: (goalId) => truth.ratesOf(goalId, keys, (id) => plain.rates[id]),
    },
  };
}
