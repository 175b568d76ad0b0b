import { createCohorts, type Cohorts } from './cohorts';
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
  return plan.streams.flatMap((stream, index) => {
    const lane = lanes[stream.lane ?? 0] ?? 0;
    const seedOf = (place: number): number =>
      mix(mix(mix(mix(worldSeed, plan.id), stream.lane ?? 0), lane), place);
    if (speed.factor === 1 || stream.toMs <= speed.fromMs) {
      return [createCohorts(stream, seedOf(index))];
    }
    const before: Stream = { ...stream, toMs: speed.fromMs };
    const after: Stream = {
      ...stream,
      fromMs: Math.max(stream.fromMs, speed.fromMs),
      visitorsPerDay: stream.visitorsPerDay * speed.factor,
    };
    return [
      ...(before.toMs > before.fromMs ? [createCohorts(before, seedOf(index))] : []),
      createCohorts(after, seedOf(index + SPED_UP)),
    ];
  });
}
