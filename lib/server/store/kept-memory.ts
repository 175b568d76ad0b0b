import 'server-only';
import type { ConnectionId, ExperimentId } from '@/lib/core/experiment/ids';
import type { Backlog } from '@/lib/server/store/backlog';
import type { CallLogOf } from '@/lib/server/store/call-repository';
import { withCalls } from '@/lib/server/store/call-repository';
import type { DiskLine } from '@/lib/server/store/disk-line';
import type { FrozenPlan } from '@/lib/server/store/plan-repository';
import type { Repositories } from '@/lib/server/store/store';

const NO_PLANS: ReadonlyMap<ExperimentId, FrozenPlan> = new Map();

const keyOf = (...parts: readonly (string | number | null)[]): string => parts.join('\n');

/** What decisions leave behind, over a disk that may fail: what waits for it is read as if it were there. */
export function createKeptMemory(
  line: DiskLine,
  { calls, histories, citations, plans }: Backlog,
): Pick<Repositories, 'plans' | 'calls' | 'histories' | 'citations'> {
  const callKey = (connection: ConnectionId, { experiment, goal }: CallLogOf): string =>
    keyOf(connection, experiment, goal);

  return {
    plans: {
      async freeze(connection, experiment, plan) {
        const key = keyOf(connection, experiment);
        const frozen = await line.write(
          (store) => store.plans.freeze(connection, experiment, plan),
          () => {
            if (!plans.get(key)) plans.put(key, { connection, experiment, plan });
          },
        );
        return frozen ?? plan;
      },
      async read(connection) {
        const waiting = plans
          .values()
          .filter((item) => item.connection === connection)
          .map(({ experiment, plan }) => [experiment, plan] as const);
        const kept = await line.read((store) => store.plans.read(connection), NO_PLANS);
        return new Map([...waiting, ...kept]);
      },
    },

    calls: {
      set: (connection, of, now) =>
        line.write(
          (store) => store.calls.set(connection, of, now),
          () => {
            const key = callKey(connection, of);
            const waiting = calls.get(key);
            const all = withCalls(waiting?.calls ?? [], now);
            const yields = waiting?.yields ?? line.isBlind();
            if (all.length > 0) calls.put(key, { connection, of, calls: all, yields });
          },
        ),
      async read(connection, of) {
        const waiting = calls.get(callKey(connection, of))?.calls ?? [];
        const kept = await line.read((store) => store.calls.read(connection, of), []);
        return withCalls(kept, waiting);
      },
    },

    histories: {
      set: (connection, experiment, kept) =>
        line.write(
          (store) => store.histories.set(connection, experiment, kept),
          () => {
            const key = keyOf(connection, experiment);
            const yields = histories.get(key)?.yields ?? line.isBlind();
            histories.put(key, { connection, experiment, kept, yields });
          },
        ),
      async find(connection, experiment) {
        const waits = histories.get(keyOf(connection, experiment))?.kept;
        const find = () =>
          line.read((store) => store.histories.find(connection, experiment), undefined);
        return waits ?? (await find());
      },
    },

    citations: {
      add: (connection, experiment, added) =>
        line.write(
          (store) => store.citations.add(connection, experiment, added),
          () => {
            for (const citation of added)
              citations.put(keyOf(connection, experiment, citation.asOfMs, citation.by), {
                connection,
                experiment,
                citation,
              });
          },
        ),
      async read(connection, experiment) {
        const waiting = citations
          .values()
          .filter((item) => item.connection === connection && item.experiment === experiment)
          .map(({ citation }) => citation.asOfMs);
        const kept = await line.read((store) => store.citations.read(connection, experiment), []);
        return [...new Set([...kept, ...waiting])].sort((a, b) => a - b);
      },
    },
  };
}
