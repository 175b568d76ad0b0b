import type {
  ControlFigures,
  EffectFigures,
  EffectOutcome,
  LifeFigures,
  MethodFigures,
  NothingFigures,
  NothingOutcome,
  RivalFigures,
} from '@/lib/core/words/method-figures';
import { controls } from '@/tests/bench/peeking/controls';
import { effects } from '@/tests/bench/peeking/effects';
import { LAYERED_LOOKS, layered } from '@/tests/bench/peeking/layered';
import { LIFE_DAYS, lives } from '@/tests/bench/peeking/life';
import { nothing } from '@/tests/bench/peeking/nothing';
import type { Scale } from '@/tests/bench/peeking/registry';
import { RIVAL_WORLDS } from '@/tests/bench/peeking/rivals';
import type { Results } from '@/tests/bench/peeking/run-all';
import type { Tally } from '@/tests/bench/peeking/tally';
import { share } from '@/tests/bench/peeking/tally';

/** Tallies as the shares that are shown; scenarios that were not run are left out. */
export function toFigures(results: Results, scale: Scale, seed: number): MethodFigures {
  return {
    seed,
    experiments: scale.experiments,
    controls: toControls(results, scale),
    nothing: [...toNothing(results, scale), ...toLayered(results, scale)],
    effects: toEffects(results, scale),
    rivals: toRivals(results),
    life: toLives(results, scale),
  };
}

const of = (tally: Tally, name: string): number => share(tally[name] ?? 0, tally.experiments ?? 0);

const toControls = (results: Results, { experiments }: Scale): ControlFigures[] =>
  controls(experiments).flatMap(({ scenario, low, high }) => {
    const tally = results.get(scenario.id)?.rule;
    if (tally === undefined) return [];
    const { id, world } = scenario;
    const bounds = { low: share(low, 1), high: share(high, 1) };
    const size = { experiments: scenario.experiments, looks: world.looks };
    return [{ id, ...size, share: of(tally, 'called'), ...bounds }];
  });

const toOutcome = (tally: Tally): NothingOutcome => ({
  called: of(tally, 'called'),
  winners: of(tally, 'winners'),
  losers: of(tally, 'losers'),
  blocked: of(tally, 'blocked'),
  withheld: of(tally, 'withheld'),
});

const toNothing = (results: Results, { experiments }: Scale): NothingFigures[] =>
  nothing(experiments).flatMap(({ group, scenario, visitors }) => {
    const { open, planned } = results.get(scenario.id) ?? {};
    if (open === undefined || planned === undefined) return [];
    const { id, world } = scenario;
    return [
      {
        id,
        group,
        rates: world.rates,
        weights: world.weights.map((weight) => share(weight, 1)),
        visitors,
        looks: world.looks,
        experiments: scenario.experiments,
        open: toOutcome(open),
        planned: toOutcome(planned),
        unguarded: null,
      },
    ];
  });

const toLayered = (results: Results, scale: Scale): NothingFigures[] =>
  layered(scale.layered).flatMap(({ id, rates, weights, visitors, experiments, isDoubtful }) => {
    const { open, unguarded } = results.get(id) ?? {};
    if (open === undefined || unguarded === undefined) return [];
    return [
      {
        id,
        group: 'data',
        rates,
        weights,
        visitors,
        looks: LAYERED_LOOKS,
        experiments,
        open: toOutcome(open),
        planned: null,
        unguarded: isDoubtful ? of(unguarded, 'called') : null,
      },
    ];
  });

const toEffectOutcome = (tally: Tally): EffectOutcome => ({
  powerAtPlan: of(tally, 'rightBy0'),
  powerAtTwice: of(tally, 'rightBy1'),
  wrong: of(tally, 'wrong'),
  missedDifference: of(tally, 'missedDifference'),
  missedLift: of(tally, 'missedLift'),
  missedAtCall: share(tally.missedAtCall ?? 0, tally.called ?? 0),
  meanPeople: meanPeople(tally),
});

const meanPeople = ({ people = 0, called = 0 }: Tally): number =>
  called > 0 ? Math.round(people / called) : 0;

const toEffects = (results: Results, { experiments }: Scale): EffectFigures[] =>
  effects(experiments).flatMap(({ scenario, plan }) => {
    const { open, planned } = results.get(scenario.id) ?? {};
    if (open === undefined || planned === undefined) return [];
    const { rates, weights, looks } = scenario.world;
    return [
      {
        id: scenario.id,
        rates,
        weights: weights.map((weight) => share(weight, 1)),
        plan,
        looks,
        experiments: scenario.experiments,
        open: toEffectOutcome(open),
        planned: toEffectOutcome(planned),
      },
    ];
  });

const RIVALS = [
  'ours',
  'ours-planned',
  'growthbook',
  'eppo',
  'statsig',
  'chance',
  'fixed',
] as const;

const toRivals = (results: Results): RivalFigures[] =>
  RIVALS.flatMap((id) => {
    const effect = results.get('rivals-effect')?.[id];
    if (effect === undefined) return [];
    const falseCalls = { even: 0, uneven: 0, extreme: 0, few: 0 };
    for (const world of RIVAL_WORLDS)
      falseCalls[world] = of(results.get(`rivals-${world}`)?.[id] ?? {}, 'called');
    return [
      {
        id,
        falseCalls,
        powerAtPlan: of(effect, 'rightBy0'),
        powerAtTwice: of(effect, 'rightBy1'),
        meanPeople: meanPeople(effect),
        withdrawn: share(effect.withdrawn ?? 0, effect.called ?? 0),
      },
    ];
  });

const toLives = (results: Results, scale: Scale): LifeFigures[] =>
  lives(scale.lives).flatMap(({ scenario, lift, visitors }) => {
    const tally = results.get(scenario.id)?.open;
    if (tally === undefined) return [];
    const bySplit = tally.withdrawnBySplit ?? 0;
    const fell = tally.withdrawnConfirmed ?? 0;
    return [
      {
        id: scenario.id,
        lift,
        looks: scenario.world.looks,
        days: LIFE_DAYS,
        visitors,
        experiments: scenario.experiments,
        called: of(tally, 'called'),
        confirmed: of(tally, 'confirmed'),
        shaken: of(tally, 'shaken'),
        withdrawn: share(fell, tally.experiments ?? 0),
        withdrawnOfCalls: share(fell, tally.confirmed ?? 0),
        withdrawnBySplit: share(bySplit, tally.experiments ?? 0),
      },
    ];
  });
