import 'server-only';
import type { FreshnessState } from '@/lib/core/live/reading';
import type { Problem } from '@/lib/core/problem/problem';
import type { ResultsFigures } from '@/lib/server/live/figures';
import type { Results } from '@/lib/server/live/results';
import type { Figurehead } from '@/lib/server/metrics/figurehead';

export interface ReadingFacts {
  readonly results: Pick<Results, 'figures' | 'status'>;
  readonly store: { problem(): Problem | null; sizeBytes(): number | null };
}

const STATUSES = ['active', 'paused', 'stopped', 'draft', 'unknown'] as const;
const STATES: readonly FreshnessState[] = ['live', 'waiting', 'throttled', 'failed', 'at-rest'];

/** All together are asked at one moment, so that one look at the experiments serves them. */
const FRESH_MS = 1_000;

/** Figures of what was read, how old it is and whether it is kept. Nothing here names an experiment. */
export function tellReading(
  { gauge, gaugeBy, counterBy }: Figurehead,
  { results, store }: ReadingFacts,
  monotonicMs: () => number,
): void {
  let kept: { readonly figures: ResultsFigures; readonly atMs: number } | null = null;
  const figures = (): ResultsFigures => {
    const nowMs = monotonicMs();
    if (!kept || nowMs - kept.atMs > FRESH_MS) kept = { figures: results.figures(), atMs: nowMs };
    return kept.figures;
  };

  gaugeBy('status', 'experiments', 'Experiments known, by status.', () =>
    STATUSES.map((status) => [status, figures().byStatus.get(status) ?? 0] as const),
  );
  gaugeBy('state', 'experiments_running', 'Running experiments, by freshness.', () =>
    STATES.map((state) => [state, figures().byState.get(state) ?? 0] as const),
  );
  gaugeBy(
    'quantile',
    'data_age_seconds',
    'Age of the data of running experiments; none before the first reading.',
    () => toQuantiles(figures().agesMs),
  );
  counterBy('outcome', 'readings_total', 'Readings of an experiment, by outcome.', () => {
    const { readings } = figures();
    return readings.has('good') ? readings : [['good', 0] as const, ...readings];
  });
  gauge('backfill_points_left', 'Points of the past that are still to be read.', () => {
    return figures().pastPointsLeft;
  });
  gauge('experiments_watched', 'Experiments that somebody looks at.', () => {
    return results.status().watched;
  });
  gauge('list_known', 'Whether the list of experiments is known: 1 or 0.', () =>
    results.status().catalogueAsOfMs === null ? 0 : 1,
  );
  gauge('list_quarantined', 'Rows of the list that could not be read.', () => {
    return results.status().quarantined;
  });
  gauge('store_failing', 'Whether something cannot be remembered at the moment: 1 or 0.', () =>
    store.problem() ? 1 : 0,
  );
  gauge('store_bytes', 'Size of the store on the disk.', () => store.sizeBytes() ?? Number.NaN);
}

/** The nearest rank, by the value of the label; `1` is the oldest. */
function toQuantiles(agesMs: readonly number[]): [string, number][] {
  return [0.5, 0.9, 1].flatMap((share): [string, number][] => {
    const ageMs = agesMs[Math.max(0, Math.ceil(share * agesMs.length) - 1)];
    return ageMs === undefined ? [] : [[String(share), ageMs / 1000]];
  });
}
