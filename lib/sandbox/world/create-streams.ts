import { createCohorts, type Cohorts } from './cohorts';
import { toPlannedArms } from './course/subject';
import { createTruth } from './course/truth';
import type { ExperimentPlan } from './plan';
import { mix } from './random';
import type { Stream } from './stream';

/** The number of the candidate taken for each lane of an experiment's streams. */
export type Lanes = readonly number[];

/** Lanes together with the people they give. */
export interface Chosen {
  readonly lanes: Lanes;
  readonly streams: readonly Cohorts[];
}

/** Traffic after a moment, multiplied; what was there before stays as it was. */
export interface Speed {
  readonly fromMs: number;
  readonly factor: number;
}

/** Keeps the sped-up half of a stream apart from every stream of the plan. */
const SPED_UP = 64;

/** The people of an experiment for chosen lanes. Streams differ by their place in the plan. */
export function createStreams(
  plan: ExperimentPlan,
  worldSeed: number,
  lanes: Lanes,
  speed: Speed = { fromMs: 0, factor: 1 },
): Cohorts[] {
  const truth = createTruth(plan.id, worldSeed, plan, []);
  const keys = toPlannedArms(plan);
  const ratesOf = (goalId: number): readonly number[] => truth.ratesOf(goalId, keys);
  return plan.streams.flatMap((stream, index) => {
    const lane = lanes[stream.lane ?? 0] ?? 0;
    const seedOf = (place: number): number =>
      mix(mix(mix(mix(worldSeed, plan.id), stream.lane ?? 0), lane), place);
    return toSpedUp({ ...stream, ratesOf }, speed).map(([part, isSpedUp]) =>
      createCohorts(part, seedOf(isSpedUp ? index + SPED_UP : index)),
    );
  });
}

/** A stream as it runs at a speed: one, or what came before and what comes after it began. */
export function toSpedUp(
  stream: Stream,
  speed: Speed,
): readonly (readonly [part: Stream, isSpedUp: boolean])[] {
  if (speed.factor === 1 || stream.toMs <= speed.fromMs) return [[stream, false]];
  const before: Stream = { ...stream, toMs: speed.fromMs };
  const after: Stream = {
    ...stream,
    fromMs: Math.max(stream.fromMs, speed.fromMs),
    visitorsPerDay: stream.visitorsPerDay * speed.factor,
  };
  return before.toMs > before.fromMs
    ? [
        [before, false],
        [after, true],
      ]
    : [[after, true]];
}
