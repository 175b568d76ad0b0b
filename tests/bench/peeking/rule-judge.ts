import type { CreateJudge, Judge } from '@/tests/bench/peeking/judge';
import { FirstCall } from '@/tests/bench/peeking/judge';
import type { Rule } from '@/tests/bench/peeking/rules';
import { add } from '@/tests/bench/peeking/tally';

/**
 * Any rule over two counts as a watcher: called at the first look at which it says something of any variation. At the
 * last look it is asked again: `withdrawn` counts calls it would not make there any more. `plannedEnd` of the context is
 * not known to these rules.
 */
export const ruleJudge =
  (rule: Rule): CreateJudge =>
  ({ world, marks }) =>
  () => {
    const first = new FirstCall(world.rates, marks);
    let called: { readonly place: number; readonly way: number } | null = null;
    let isGone = false;
    const judge: Judge = {
      look: (look, _atMs, arms) => {
        const isLast = look === world.looks - 1;
        if (called !== null && !isLast) return;
        const control = arms[0];
        if (control === undefined) return;
        if (called !== null) {
          const arm = arms[called.place];
          isGone = arm !== undefined && rule(control, arm) !== called.way;
          return;
        }
        for (let place = 1; place < arms.length; place += 1) {
          const arm = arms[place];
          const way = arm !== undefined && control.n > 0 && arm.n > 0 ? rule(control, arm) : 0;
          if (way === 0) continue;
          called = { place, way };
          first.take(look, place, way > 0 ? 'up' : 'down', arms);
          return;
        }
      },
      end: (tally) => {
        first.end(tally);
        if (isGone) add(tally, 'withdrawn');
      },
    };
    return judge;
  };
