import 'server-only';
import type { ExperimentId } from '@/lib/core/experiment/ids';
import type { Look } from '@/lib/core/experiment/snapshot';
import type { Track } from '@/lib/server/experiments/track';

/** Experiments at rest that stay awake although nobody has them open: the last ones that were used. */
const MAX_AWAKE = 60;
/** And how many looks they may hold together, at some two kilobytes each. */
const MAX_LOOKS_AWAKE = 6_000;

/** Thousands of experiments are at rest; all but a few of them sleep, so that memory follows what is used. */
export interface Bedroom {
  /** Ready for anything. False when its looks cannot be read: then it sleeps on, and must be left as it is. */
  wake(track: Track): Promise<boolean>;
  /** It has done what it was woken for. */
  letRest(track: Track): void;
}

export interface BedroomOptions {
  readonly readLooks: (id: ExperimentId) => Promise<readonly Look[]>;
  readonly isOpen: (id: ExperimentId) => boolean;
  readonly onStoreFailure: (error: unknown) => void;
}

export function createBedroom({ readLooks, isOpen, onStoreFailure }: BedroomOptions): Bedroom {
  /** At rest and awake, the one used longest ago first. */
  const awake = new Set<Track>();
  const waking = new Map<Track, Promise<boolean>>();

  const readAndWake = async (track: Track): Promise<boolean> => {
    try {
      track.wake(await readLooks(track.experiment().id));
      return true;
    } catch (error) {
      onStoreFailure(error);
      return false;
    } finally {
      waking.delete(track);
    }
  };

  return {
    wake(track) {
      if (!track.isAsleep()) return Promise.resolve(true);
      const begun = waking.get(track) ?? readAndWake(track);
      waking.set(track, begun);
      return begun;
    },
    letRest(track) {
      awake.delete(track);
      if (track.isAsleep() || track.experiment().status === 'active') return;
      awake.add(track);
      let held = 0;
      for (const one of awake) held += one.looks().length;
      for (const one of awake) {
        if (awake.size <= MAX_AWAKE && held <= MAX_LOOKS_AWAKE) break;
        if (isOpen(one.experiment().id)) continue;
        awake.delete(one);
        held -= one.looks().length;
        if (one.experiment().status !== 'active') one.sleep();
      }
    },
  };
}
