import type { MiddlewareHandler } from 'hono';
import type { ExchangeEnv } from '@/lib/sandbox/api/exchange';
import type { Row } from '@/lib/sandbox/state/row';
import type { State } from '@/lib/sandbox/state/state';
import { commitChange } from './commit';
import { moveExperiment } from './moves';
import { toPlannedStart } from './schedule';

/** Launches scheduled experiments whose time has come, as of that time, before anybody asks about them. */
export function wakeScheduled(state: State): MiddlewareHandler<ExchangeEnv> {
  let revision = -1;
  let waiting: readonly Row[] = [];
  return async (c, next) => {
    const experiments = state.of('experiments');
    if (experiments.revision !== revision) {
      revision = experiments.revision;
      waiting = experiments.rows.filter((row) => row['status'] === 'scheduled');
    }
    for (const row of waiting) {
      const startMs = toPlannedStart(row) ?? Infinity;
      if (startMs > c.env.nowMs) continue;
      const moved = moveExperiment(row, 'ACTIVATE', startMs);
      commitChange(state, row, { row: moved, attached: [], detached: [] }, startMs);
    }
    await next();
  };
}
