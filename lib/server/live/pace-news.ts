import 'server-only';
import type { Clock } from '@/lib/core/time/clock';
import type { Track } from '@/lib/server/experiments/track';
import type { Hub } from '@/lib/server/live/hub';

/** A page that opens brings several experiments at once: they are told together. */
const GATHER_MS = 250;

export interface PaceNews {
  /** Somebody came or left, so every watched experiment has a new pace. */
  tell(): void;
  stop(): void;
}

/** Tells whoever watches when the next reading is due by the new pace; the old time would stand until that reading. */
export function createPaceNews({
  hub,
  clock,
  tracks,
}: {
  readonly hub: Pick<Hub, 'publish' | 'isWatched'>;
  readonly clock: Clock;
  readonly tracks: () => readonly Track[];
}): PaceNews {
  let cancel: (() => void) | null = null;
  return {
    tell() {
      cancel ??= clock.setTimer(() => {
        cancel = null;
        for (const { id } of tracks().map((track) => track.experiment()))
          if (hub.isWatched(id)) hub.publish(id, 'problem');
      }, GATHER_MS);
    },
    stop() {
      cancel?.();
      cancel = null;
    },
  };
}
