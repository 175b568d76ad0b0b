import 'server-only';
import { thinLooks } from '@/lib/core/analysis/thin-looks';
import type { ConnectionId, ExperimentId } from '@/lib/core/experiment/ids';
import { citedLooks } from '@/lib/server/experiments/cited-looks';
import type { Track } from '@/lib/server/experiments/track';
import type { Store } from '@/lib/server/store/open-store';

/** By the time of the data. */
const EVERY_MS = 60 * 60 * 1000;
/** It is not worth a write to let go of fewer, nor of less than this share. */
const LEAST = 20;
const LEAST_SHARE = 0.05;
/** The driver halts the process while it writes: others get their turn in between. */
const AT_ONCE = 50;

/** Lets go of old looks that others stand for, in the store and in memory, now and then. */
export interface Thinner {
  /** A look was kept. Thins at most once an hour, and only where that lets go of many. */
  consider(track: Track): void;
}

export interface ThinnerOptions {
  readonly connectionId: ConnectionId;
  readonly store: Pick<Store, 'looks' | 'citations'>;
  /** Runs a write without waiting for it; its failure is reported, not thrown. */
  readonly remember: (write: () => Promise<unknown>) => void;
}

export function createThinner({ connectionId, store, remember }: ThinnerOptions): Thinner {
  const thinnedAtMs = new Map<ExperimentId, number>();

  /** Moments of looks to let go of; calls may have come to rest on others meanwhile. */
  const toDrop = (track: Track, citedMs: readonly number[]): readonly number[] => {
    const nowMs = track.latest()?.asOfMs;
    if (nowMs === undefined || track.isAsleep()) return [];
    const looks = track.looks();
    const cited = new Set([...citedMs, ...citedLooks(track.history().history, looks)]);
    const { startedAtMs } = track.experiment();
    const options = { citedMs: cited, nowMs, startedAtMs, liftOf: track.leaderLift };
    return thinLooks(looks, options).map(({ snapshot }) => snapshot.asOfMs);
  };

  const thin = async (track: Track): Promise<void> => {
    const { id } = track.experiment();
    const citedMs = await store.citations.read(connectionId, id);
    let left = toDrop(track, citedMs);
    if (left.length < Math.max(LEAST, LEAST_SHARE * track.looks().length)) return;
    while (left.length > 0) {
      const some = left.slice(0, AT_ONCE);
      if (!(await store.looks.drop(connectionId, id, some))) return;
      track.drop(new Set(some));
      await new Promise<void>((go) => setImmediate(go));
      left = toDrop(track, citedMs);
    }
  };

  return {
    consider(track) {
      const { id } = track.experiment();
      const nowMs = track.latest()?.asOfMs;
      if (nowMs === undefined || nowMs - (thinnedAtMs.get(id) ?? -EVERY_MS) < EVERY_MS) return;
      thinnedAtMs.set(id, nowMs);
      remember(() => thin(track));
    },
  };
}
