import 'server-only';
import { LRUCache } from 'lru-cache';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { ConnectionId } from '@/lib/core/experiment/ids';
import type { SliceCounts } from '@/lib/core/analysis/slices';
import { toWindows } from '@/lib/core/experiment/slice-windows';
import type { SliceAsk } from '@/lib/core/experiment/slicing';
import { sliceKey } from '@/lib/core/experiment/slicing';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { Clock } from '@/lib/core/time/clock';
import type { ReadSlices } from '@/lib/server/kameleoon/slices';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Younger answers are given again: of what runs, and of what cannot change any more. */
const FRESH_MS = { active: 10 * MINUTE_MS, other: 24 * HOUR_MS } as const;
/** Reports that closer looks may begin in an hour: about a tenth of the budget, whoever plays with the dials. */
export const MOST_PER_HOUR = 30;

export interface ExploreOptions {
  /** Who asked has left. The report goes on as long as somebody else waits for it. */
  readonly signal: AbortSignal;
  /** How many requests it has cost so far. */
  readonly onProgress: (requests: number) => void;
  /** Whether an answer from before will not do. */
  readonly anew?: boolean;
  /** Nothing before is counted: across a changed split variations cannot be compared. null: since the launch. */
  readonly sinceMs?: number | null;
}

/** Closer looks at one connection's experiments: bought when asked for, shared, kept for a while. */
export interface Explorer {
  /** Throws ProblemError: `budget-spent`, `invalid-input` (`from`: nothing lies within those days), or why it failed. */
  explore(
    experiment: Experiment,
    ask: SliceAsk,
    options: ExploreOptions,
  ): Promise<readonly SliceCounts[]>;
}

export interface ExplorerOptions {
  readonly connectionId: ConnectionId;
  readonly readSlices: ReadSlices;
  readonly clock: Clock;
  /** Upstream time. */
  readonly nowMs: () => number;
  /** Zone in which days are cut. */
  readonly timeZone: string;
}

interface UnderWay {
  readonly answer: Promise<readonly SliceCounts[]>;
  readonly giveUp: AbortController;
  readonly told: Set<(requests: number) => void>;
  readonly spent: { requests: number };
}

export function createExplorer(options: ExplorerOptions): Explorer {
  const { connectionId, readSlices, clock, nowMs, timeZone } = options;
  const kept = new LRUCache<
    string,
    { readonly counts: readonly SliceCounts[]; readonly atMs: number }
  >({
    max: 500,
  });
  const underWay = new Map<string, UnderWay>();
  let begun: number[] = [];

  const spend = (): void => {
    const atMs = clock.monotonicMs();
    begun = begun.filter((one) => one > atMs - HOUR_MS);
    const [oldest] = begun;
    if (oldest !== undefined && begun.length >= MOST_PER_HOUR)
      throw new ProblemError(
        toProblem(
          'budget-spent',
          `closer looks may ask for ${MOST_PER_HOUR} reports an hour; nothing was sent`,
          { retryAtMs: nowMs() + oldest + HOUR_MS - atMs },
        ),
      );
    begun.push(atMs);
  };

  const begin = (
    key: string,
    experiment: Experiment,
    ask: SliceAsk,
    sinceMs: number | null,
  ): UnderWay => {
    const { startedAtMs, endedAtMs } = experiment;
    if (startedAtMs === null)
      throw new ProblemError(
        toProblem('invalid-input', 'this experiment has not started', { field: 'id' }),
      );
    const startMs = Math.max(startedAtMs, sinceMs ?? startedAtMs);
    const life = { startMs, endMs: Math.min(endedAtMs ?? Infinity, nowMs()) };
    const windows = toWindows(ask, life, timeZone) ?? (sinceMs === null ? null : [life]);
    if (windows?.length === 0)
      throw new ProblemError(
        toProblem('invalid-input', 'nothing of the experiment lies within these days', {
          field: 'from',
        }),
      );
    spend();
    const giveUp = new AbortController();
    const told: UnderWay['told'] = new Set();
    const spent = { requests: 0 };
    const answer = readSlices(
      { experiment, by: ask.by, unit: ask.unit, windows },
      {
        signal: giveUp.signal,
        onSent() {
          spent.requests += 1;
          for (const tell of told) tell(spent.requests);
        },
      },
    )
      .then((counts) => {
        kept.set(key, { counts, atMs: clock.monotonicMs() });
        return counts;
      })
      .finally(() => {
        if (underWay.get(key) === one) underWay.delete(key);
      });
    const one: UnderWay = { answer, giveUp, told, spent };
    underWay.set(key, one);
    return one;
  };

  return {
    async explore(experiment, ask, { signal, onProgress, anew = false, sinceMs = null }) {
      const key = `${connectionId}|${sliceKey(ask)}|${String(sinceMs)}`;
      const freshMs = FRESH_MS[experiment.status === 'active' ? 'active' : 'other'];
      const known = kept.get(key);
      if (known && !anew && known.atMs > clock.monotonicMs() - freshMs) return known.counts;
      const one = underWay.get(key) ?? begin(key, experiment, ask, sinceMs);
      const tell = (requests: number): void => onProgress(requests);
      one.told.add(tell);
      onProgress(one.spent.requests);
      const leave = (): void => {
        one.told.delete(tell);
        if (one.told.size > 0) return;
        // Who asks from now on begins anew.
        if (underWay.get(key) === one) underWay.delete(key);
        one.giveUp.abort();
      };
      if (signal.aborted) leave();
      signal.addEventListener('abort', leave, { once: true });
      try {
        return await one.answer;
      } finally {
        signal.removeEventListener('abort', leave);
        one.told.delete(tell);
      }
    },
  };
}
