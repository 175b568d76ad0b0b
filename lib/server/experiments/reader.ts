import 'server-only';
import { LRUCache } from 'lru-cache';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { ConnectionId, ExperimentId } from '@/lib/core/experiment/ids';
import { subjectKey } from '@/lib/core/experiment/question';
import type { Snapshot } from '@/lib/core/experiment/snapshot';
import type {
  CountingForm,
  KameleoonClient,
  Priority,
  Report,
} from '@/lib/server/kameleoon/client';

interface ReadContext {
  readonly client: KameleoonClient;
  readonly experiment: Experiment;
  readonly form: CountingForm;
  readonly priority: Priority;
  readonly raised: AbortSignal | undefined;
}

export type ReportCache = LRUCache<string, Report, ReadContext>;

/** One cache may serve several connections: the connection is the first part of every key. */
export const createReportCache = (maxEntries = 2000): ReportCache =>
  new LRUCache<string, Report, ReadContext>({
    max: maxEntries,
    // A failed renewal must leave the last good report where it is. Its twin `allowStaleOnFetchRejection` is not
    // wanted: with it a failure would look like an answer, and a cold failure would be `undefined`.
    noDeleteOnFetchRejection: true,
    allowStale: true,
    fetchMethod: (_key, _stale, { context: { client, experiment, form, ...asked } }) =>
      client.readReport({ experiment, ...form, endMs: null }, asked),
  });

export interface Reader {
  /**
   * Reads an experiment's totals now, counted in a form. Whoever asks while a reading is under way gets that one's answer.
   * Throws ProblemError; the last good report stays. `raised` fires when a person begins to wait for what was asked for
   * in the background.
   */
  read(
    experiment: Experiment,
    form: CountingForm,
    priority: Priority,
    raised?: AbortSignal,
  ): Promise<Report>;
  /** The last good snapshot, also while a newer one is being read. */
  last(id: ExperimentId): Snapshot | undefined;
}

export interface ReaderOptions {
  readonly connectionId: ConnectionId;
  readonly client: KameleoonClient;
  readonly cache?: ReportCache;
}

export function createReader({
  connectionId,
  client,
  cache = createReportCache(),
}: ReaderOptions): Reader {
  const keyOf = (id: ExperimentId): string => `${connectionId}|${subjectKey({ experimentId: id })}`;

  return {
    async read(experiment, form, priority, raised) {
      const report = await cache.fetch(keyOf(experiment.id), {
        forceRefresh: true,
        // Stale values are for `last`: whoever reads wants the new one. No signal: a viewer who leaves must not
        // abort what others wait for.
        allowStale: false,
        context: { client, experiment, form, priority, raised },
      });
      // Only reachable when the entry was evicted or deleted while it was read.
      if (!report)
        return client.readReport({ experiment, ...form, endMs: null }, { priority, raised });
      return report;
    },
    last: (id) => cache.peek(keyOf(id), { allowStale: true })?.snapshot,
  };
}
