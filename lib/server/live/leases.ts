import 'server-only';
import type { ExperimentId } from '@/lib/core/experiment/ids';
import { toQuestion } from '@/lib/core/experiment/question';
import type { Clock } from '@/lib/core/time/clock';
import type { Hub } from '@/lib/server/live/hub';

/** Three rounds of a page that polls every 30 s because streams do not get through to it. */
export const LEASE_MS = 90_000;

export interface Leases {
  /** Somebody who holds no stream looked at an experiment: it counts as watched for a while. */
  renew(id: ExperimentId): void;
  stop(): void;
}

/** Who polls is a viewer too, one that leaves by itself. At most one lease an experiment, however many poll. */
export function createLeases({
  hub,
  clock,
}: {
  readonly hub: Pick<Hub, 'subscribe'>;
  readonly clock: Clock;
}): Leases {
  const leases = new Map<ExperimentId, { leave: () => void; cancelTimer: () => void }>();

  const end = (id: ExperimentId): void => {
    const lease = leases.get(id);
    leases.delete(id);
    lease?.cancelTimer();
    lease?.leave();
  };

  return {
    renew(id) {
      const known = leases.get(id);
      known?.cancelTimer();
      const leave = known?.leave ?? hub.subscribe([toQuestion(id)], () => undefined);
      leases.set(id, { leave, cancelTimer: clock.setTimer(() => end(id), LEASE_MS) });
    },
    stop() {
      for (const id of [...leases.keys()]) end(id);
    },
  };
}
