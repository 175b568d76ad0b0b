import { createCohorts, type Cohorts } from '@/lib/sandbox/world/cohorts';
import { toSpedUp, type Speed } from '@/lib/sandbox/world/create-streams';
import type { ExperimentPlan } from '@/lib/sandbox/world/plan';
import { mix } from '@/lib/sandbox/world/random';
import type { Stream } from '@/lib/sandbox/world/stream';
import { isSame, type Shares, type Stretch } from './stretches';
import { toPlannedArms } from './subject';
import type { Truth } from './truth';

/** Keeps what follows a turn apart from everything the catalogue tells. */
const TURNED_SALT = 0x70a1;

interface TurnedWorld {
  readonly id: number;
  readonly plan: ExperimentPlan | undefined;
  readonly worldSeed: number;
  readonly speed: Speed;
  readonly truth: Truth;
  /** The split the catalogue tells of. */
  readonly toldShares: Shares | undefined;
}

/**
 * The people who come after a turn. A story goes on with the traffic and the rates it had; what was wrong with its
 * traffic comes back only with the split it was told with. The end is left open: later turns cut, they never redraw.
 */
export function createStretchPeople(stretch: Stretch, world: TurnedWorld): Cohorts[] {
  const seed = mix(mix(mix(world.worldSeed, world.id), TURNED_SALT), stretch.place);
  return toStretchStreams(stretch, world).flatMap((stream, i) =>
    toSpedUp(stream, world.speed).map(([part, isSpedUp]) =>
      createCohorts(part, mix(seed, 2 * i + (isSpedUp ? 1 : 0))),
    ),
  );
}

function toStretchStreams(
  { startMs, shares }: Stretch,
  { plan, truth, toldShares }: TurnedWorld,
): readonly Stream[] {
  const keys = [...shares.keys()];
  const own: Stream = {
    fromMs: startMs,
    toMs: Infinity,
    visitorsPerDay: truth.visitorsPerDay,
    shares: [...shares.values()],
    rates: {},
    ratesOf: (goalId) => truth.ratesOf(goalId, keys),
  };
  const bases = plan === undefined ? [] : findRunning(plan, startMs);
  if (plan === undefined || bases.length === 0) return [own];

  const planned = toPlannedArms(plan);
  const isAsTold = toldShares !== undefined && isSame(shares, toldShares);
  const pick = (byArm: readonly number[]): readonly number[] =>
    keys.map((key) => byArm[planned.indexOf(key)]!);
  return bases.map((base) => {
    const { browserShares = {}, isFlat = false } = base;
    const picked = Object.entries(browserShares).map(([name, byArm]) => [name, pick(byArm)]);
    return {
      ...own,
      toMs: base.toMs > startMs ? base.toMs : Infinity,
      visitorsPerDay: base.visitorsPerDay,
      isFlat,
      ...(isAsTold
        ? {
            shares: pick(base.shares),
            browserShares: Object.fromEntries(picked) as typeof browserShares,
          }
        : {}),
      ratesOf: (goalId) => truth.ratesOf(goalId, keys, (id) => base.rates[id]),
    };
  });
}

/** The streams of a story that ran at a moment, or when it last ran. */
function findRunning({ streams, endMs = Infinity }: ExperimentPlan, atMs: number): Stream[] {
  const lastMs = Math.min(atMs, endMs);
  return streams.filter(({ fromMs, toMs }) => fromMs < lastMs && toMs >= lastMs);
}
