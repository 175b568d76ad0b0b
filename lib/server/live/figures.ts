import 'server-only';
import type { ExperimentStatus } from '@/lib/core/experiment/experiment';
import type { Freshness, FreshnessState } from '@/lib/core/live/reading';
import type { Track } from '@/lib/server/experiments/track';

/** What there is and how old it is, for those who watch the watcher. Names nothing and grows with nothing. */
export interface ResultsFigures {
  /** Experiments known, by status. */
  readonly byStatus: ReadonlyMap<ExperimentStatus, number>;
  /** Running experiments, by how fresh they are. */
  readonly byState: ReadonlyMap<FreshnessState, number>;
  /** Ages of the data of running experiments that have any, youngest first. */
  readonly agesMs: readonly number[];
  /** Readings since the process started: `good`, or the code of the problem. */
  readonly readings: ReadonlyMap<string, number>;
  /** Points of curves that are still to be bought. */
  readonly pastPointsLeft: number;
}

export interface FiguresFacts {
  readonly tracks: readonly Track[];
  readonly freshnessOf: (track: Track) => Freshness;
  /** Upstream time. */
  readonly nowMs: number;
  readonly readings: ReadonlyMap<string, number>;
  readonly pastPointsLeft: number;
}

export function toFigures({
  tracks,
  freshnessOf,
  nowMs,
  ...counted
}: FiguresFacts): ResultsFigures {
  const byStatus = new Map<ExperimentStatus, number>();
  const byState = new Map<FreshnessState, number>();
  const agesMs: number[] = [];
  for (const track of tracks) {
    const { status } = track.experiment();
    byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
    if (status !== 'active') continue;
    const { state, asOfMs } = freshnessOf(track);
    byState.set(state, (byState.get(state) ?? 0) + 1);
    if (asOfMs !== null) agesMs.push(Math.max(0, nowMs - asOfMs));
  }
  agesMs.sort((a, b) => a - b);
  return { byStatus, byState, agesMs, ...counted };
}
