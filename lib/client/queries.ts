/**
 * One options value per datum. Three doors lead into the cache and use the same keys: what the page was built with,
 * what the stream pushes, and GET.
 */
import { keepPreviousData, queryOptions, type QueryClient } from '@tanstack/react-query';
import { fetchAnalysis, fetchCurve, fetchList, type ListBody } from '@/lib/client/api';
import type { LiveEvent } from '@/lib/core/live/event';
import type { Curve, Reading, ReadingProgress } from '@/lib/core/live/reading';
import type { Problem } from '@/lib/core/problem/problem';

/** The list without its readings: each of those is a datum of its own, under its own key. */
export interface ListDatum {
  readonly keys: readonly string[];
  readonly progress: ReadingProgress;
  /** null: the list was never read. */
  readonly asOfMs: number | null;
  readonly problem: Problem | null;
}

export const listOptions = (client: QueryClient) =>
  queryOptions({
    queryKey: ['list'] as const,
    queryFn: async ({ signal }) => putReadings(client, await fetchList(signal)),
  });

export const readingOptions = (key: string) =>
  queryOptions({
    queryKey: ['reading', key] as const,
    queryFn: async ({ signal }): Promise<Reading> => (await fetchAnalysis(key, signal)).reading,
  });

/** A new revision is a new datum; the old picture stays until it is there. */
export const curveOptions = (key: string, revision: number) =>
  queryOptions({
    queryKey: ['curve', key, revision] as const,
    queryFn: ({ signal }): Promise<Curve> => fetchCurve(key, signal),
    placeholderData: keepPreviousData,
  });

export function seedList(client: QueryClient, body: ListBody): void {
  client.setQueryData(listOptions(client).queryKey, putReadings(client, body));
}

export function seedPage(client: QueryClient, reading: Reading, curve: Curve | null): void {
  client.setQueryData(readingOptions(reading.questionKey).queryKey, reading);
  if (curve !== null)
    client.setQueryData(curveOptions(reading.questionKey, reading.curveRevision).queryKey, curve);
}

/** An event becomes what GET would have given. `heartbeat` carries no datum but the progress. */
export function applyEvent(client: QueryClient, event: LiveEvent): void {
  if (event.type === 'analysis') {
    client.setQueryData(readingOptions(event.reading.questionKey).queryKey, event.reading);
  } else if (event.type === 'problem') {
    client.setQueryData(readingOptions(event.questionKey).queryKey, (reading) =>
      reading ? { ...reading, freshness: event.freshness } : reading,
    );
  } else {
    client.setQueryData(listOptions(client).queryKey, (list) =>
      list ? { ...list, progress: event.progress } : list,
    );
  }
}

function putReadings(client: QueryClient, body: ListBody): ListDatum {
  for (const { reading } of body.experiments)
    client.setQueryData(readingOptions(reading.questionKey).queryKey, reading);
  return {
    keys: body.experiments.map(({ reading }) => reading.questionKey),
    progress: body.progress,
    asOfMs: body.asOfMs,
    problem: body.problem,
  };
}
