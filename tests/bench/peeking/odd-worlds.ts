import { binomial, multinomial } from '@/tests/bench/peeking/binomial';
import type { PlainWorld, World } from '@/tests/bench/peeking/world';
import { plainWorld } from '@/tests/bench/peeking/world';

/** Conversions come late: of those still to come, `share` arrive before each look. The same law in every arm. */
export function delayedWorld(plain: PlainWorld, share: number): World {
  const { weights, rates, visitorsPerLook } = plain;
  const perLook = typeof visitorsPerLook === 'number' ? () => visitorsPerLook : visitorsPerLook;
  return {
    ...plainWorld(plain),
    start: (random) => {
      const waiting = weights.map(() => 0);
      return (look, totals) => {
        const arrived = multinomial(random, perLook(look), weights);
        totals.forEach((arm, place) => {
          const n = arrived[place] ?? 0;
          arm.n += n;
          const due = (waiting[place] ?? 0) + binomial(random, n, rates[place] ?? 0);
          const come = binomial(random, due, share);
          arm.x += come;
          waiting[place] = due - come;
        });
      };
    },
  };
}

export interface Burst {
  readonly fromLook: number;
  readonly looks: number;
  readonly perLook: number;
  /** Share of bots that "convert". */
  readonly rate: number;
  /** The arm all of them are in; null: they are spread like people. */
  readonly arm: number | null;
}

/** People as ever, and for some looks a crowd of bots that are counted as new visitors. */
export function botWorld(plain: PlainWorld, burst: Burst): World {
  const people = plainWorld(plain);
  return {
    ...people,
    start: (random) => {
      const unfold = people.start(random);
      return (look, totals) => {
        unfold(look, totals);
        if (look < burst.fromLook || look >= burst.fromLook + burst.looks) return;
        const shares =
          burst.arm === null
            ? plain.weights
            : plain.weights.map((_, place) => (place === burst.arm ? 1 : 0));
        const bots =
          burst.arm === null
            ? multinomial(random, burst.perLook, shares)
            : shares.map((all) => all * burst.perLook);
        totals.forEach((arm, place) => {
          const n = bots[place] ?? 0;
          arm.n += n;
          arm.x += binomial(random, n, burst.rate);
        });
      };
    },
  };
}
