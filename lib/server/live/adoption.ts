import 'server-only';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { Clock } from '@/lib/core/time/clock';
import type { Shelf } from '@/lib/server/experiments/shelf';
import type { Track } from '@/lib/server/experiments/track';
import type { KameleoonClient } from '@/lib/server/kameleoon/client';
import type { Hub } from '@/lib/server/live/hub';
import type { PaceKeeper } from '@/lib/server/live/pace-keeper';
import { toRhythm } from '@/lib/server/live/rhythm';
import type { Schedule } from '@/lib/server/live/schedule';
import type { Watcher } from '@/lib/server/live/watcher';

export interface Adoption {
  /** Takes over a list of experiments: shelf, schedule, watcher and pace follow it. */
  adopt(experiments: readonly Experiment[]): Promise<void>;
  /** Puts the rhythm of an experiment right: after a reading, what is at rest may be done. */
  setRhythm(track: Track): void;
}

export interface AdoptionOptions {
  readonly shelf: Shelf;
  readonly schedule: Schedule;
  readonly watcher: Watcher;
  readonly pace: PaceKeeper;
  readonly hub: Pick<Hub, 'publish'>;
  readonly client: Pick<KameleoonClient, 'upstreamNowMs'>;
  readonly clock: Clock;
}

export function createAdoption(options: AdoptionOptions): Adoption {
  const { shelf, schedule, watcher, pace, hub, client, clock } = options;

  const toMonotonic = (upstreamMs: number): number =>
    clock.monotonicMs() + upstreamMs - client.upstreamNowMs();

  const setRhythm = (track: Track): void => {
    const latest = track.latest();
    const experiment = track.experiment();
    const rhythm = toRhythm({ experiment, latest, looks: track.looks(), toMonotonic });
    // Never in the future, whatever the clocks say: it would put the next reading off.
    const lastGoodMs = latest && Math.min(clock.monotonicMs(), toMonotonic(latest.asOfMs));
    schedule.set(experiment.id, rhythm, lastGoodMs);
  };

  return {
    setRhythm,
    async adopt(experiments) {
      const before = shelf.tracks().map((track) => track.experiment().id);
      const changed = await shelf.stock(experiments);
      const gone = before.filter((id) => !shelf.find(id));
      for (const id of gone) schedule.remove(id);
      for (const track of shelf.tracks()) setRhythm(track);
      const active = experiments.filter((experiment) => experiment.status === 'active');
      watcher.follow(active.map((experiment) => experiment.id));
      pace.renew();
      for (const id of changed) hub.publish(id, 'analysis');
      for (const id of gone) hub.publish(id, 'problem');
      schedule.replan();
    },
  };
}
