import 'server-only';
import { LRUCache } from 'lru-cache';
import type { Method } from '@/lib/core/experiment/question';
import type { Past } from '@/lib/server/experiments/past';
import type { Track } from '@/lib/server/experiments/track';

/** Moments that people go back to at the same time, over all experiments. */
const MAX_PASTS = 64;

/** Earlier moments, each judged once while it is asked about: a page asks for its reading, then for its curve. */
export function createPasts(): {
  find(track: Track, method: Method, atMs: number): Past | null;
} {
  const pasts = new LRUCache<string, { readonly past: Past | null; readonly of: Track }>({
    max: MAX_PASTS,
  });
  return {
    find(track, method, atMs) {
      const { goalId, referenceId, confidenceLevel } = method;
      const basis = [track.experiment().id, goalId, referenceId, confidenceLevel, atMs];
      // A look that was bought since, or other terms, may tell another past.
      const key = [...basis, track.revision()].join(' ');
      const known = pasts.get(key);
      if (known?.of === track) return known.past;
      const past = track.past(method, atMs);
      pasts.set(key, { past, of: track });
      return past;
    },
  };
}

/** Nothing about it will change: it is neither late nor read again. */
export const toPastReading = ({ experiment, look, analysis, outlook, sparkline }: Past) => ({
  experiment,
  analysis,
  outlook,
  sparkline,
  freshness: {
    state: experiment.status === 'active' ? ('live' as const) : ('at-rest' as const),
    asOfMs: look.snapshot.asOfMs,
    nextReadingAtMs: null,
    isReading: false,
    problem: null,
  },
});
