import 'server-only';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { ExperimentId } from '@/lib/core/experiment/ids';
import type { Clock } from '@/lib/core/time/clock';
import type { FormKeeper } from '@/lib/server/experiments/form-keeper';
import { isSameForm, kindOf } from '@/lib/server/experiments/one-kind';
import type { Shelf } from '@/lib/server/experiments/shelf';
import type { KameleoonClient } from '@/lib/server/kameleoon/client';
import type { Hub } from '@/lib/server/live/hub';
import type { Interest } from '@/lib/server/live/interest';
import type { PaceKeeper } from '@/lib/server/live/pace-keeper';
import { toRhythm } from '@/lib/server/live/rhythm';
import type { Schedule } from '@/lib/server/live/schedule';
import type { Watcher } from '@/lib/server/live/watcher';

export interface Adoption {
  /**
   * Takes over a list of experiments: shelf, schedule, watcher and pace follow it, what runs first. A list that comes
   * while another is being taken over waits for it; of several the newest.
   */
  adopt(experiments: readonly Experiment[]): Promise<void>;
  /** Puts the rhythm of an experiment right: after a reading, what is at rest may be done. */
  setRhythm(id: ExperimentId): void;
}

export interface AdoptionOptions {
  readonly shelf: Shelf;
  readonly schedule: Schedule;
  readonly watcher: Watcher;
  readonly pace: PaceKeeper;
  readonly hub: Pick<Hub, 'publish'>;
  readonly interest: Interest;
  readonly forms: Pick<FormKeeper, 'formOf'>;
  readonly client: Pick<KameleoonClient, 'upstreamNowMs'>;
  readonly clock: Clock;
}

export function createAdoption(options: AdoptionOptions): Adoption {
  const { shelf, schedule, watcher, pace, hub, interest, forms, client, clock } = options;
  let next: readonly Experiment[] | null = null;
  let work: Promise<void> | null = null;

  const toMonotonic = (upstreamMs: number): number =>
    clock.monotonicMs() + upstreamMs - client.upstreamNowMs();

  const setRhythm = (id: ExperimentId): void => {
    const track = shelf.find(id);
    if (!track) return schedule.remove(id);
    const latest = track.latest();
    const rhythm = toRhythm({
      experiment: track.experiment(),
      latest,
      firstOwn: track.firstOwn(),
      isOtherKind: latest !== null && !isSameForm(kindOf(latest), forms.formOf(track.experiment())),
      isOfInterest: interest.has(id),
      toMonotonic,
    });
    // Never in the future, whatever the clocks say: it would put the next reading off.
    const lastGoodMs = latest && Math.min(clock.monotonicMs(), toMonotonic(latest.asOfMs));
    schedule.set(id, rhythm, lastGoodMs);
  };

  const takeOver = async (experiments: readonly Experiment[]): Promise<void> => {
    const changed = new Set<ExperimentId>();
    await shelf.stock(experiments, (id) => {
      changed.add(id);
      setRhythm(id);
    });
    const active = experiments.filter((experiment) => experiment.status === 'active');
    watcher.follow(active.map((experiment) => experiment.id));
    pace.renew();
    for (const id of changed) hub.publish(id, shelf.find(id) ? 'analysis' : 'problem');
    schedule.replan();
  };

  const takeOverAll = async (): Promise<void> => {
    try {
      for (let now = next; now; now = next) {
        next = null;
        await takeOver(now);
      }
    } finally {
      work = null;
    }
  };

  return {
    setRhythm,
    adopt(experiments) {
      next = experiments;
      return (work ??= takeOverAll());
    },
  };
}
