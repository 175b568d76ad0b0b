/**
 * One options value per datum. Three doors lead into the cache and use the same keys: what the page was built with,
 * what the stream pushes, and GET. The list has its own file, `list-query`.
 */
import { keepPreviousData, queryOptions, skipToken, type QueryClient } from '@tanstack/react-query';
import { fetchAnalysis, fetchCurve, fetchGoals, fetchMoments } from '@/lib/client/api';
import type { GoalTable } from '@/lib/core/analysis/goal-table';
import type { LiveEvent } from '@/lib/core/live/event';
import type { Curve, Moments, Reading, ReadingProgress } from '@/lib/core/live/reading';
import type { Problem } from '@/lib/core/problem/problem';

/** What every heartbeat says of the whole house. */
export interface Pulse {
  readonly progress: ReadingProgress;
  /** Why nothing is remembered at the moment; null while looks are kept. */
  readonly storeProblem: Problem | null;
}

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

/** Moments one can go back to. Asked for when somebody wants to, and again when older ones were added. */
export const momentsOptions = (key: string, revision: number) =>
  queryOptions({
    queryKey: ['moments', key, revision] as const,
    queryFn: ({ signal }): Promise<Moments> => fetchMoments(key, signal),
    placeholderData: keepPreviousData,
  });

/** Of one reading: whoever shows it asks anew with the next, and keeps the last until then. */
export const goalsOptions = (key: string, asOfMs: number) =>
  queryOptions({
    queryKey: ['goals', key, asOfMs] as const,
    queryFn: ({ signal }): Promise<GoalTable> => fetchGoals(key, signal),
    placeholderData: keepPreviousData,
  });

/** Never asked for by itself: it comes with the list and with heartbeats. */
export const pulseOptions = queryOptions<Pulse, Error, Pulse, readonly ['pulse']>({
  queryKey: ['pulse'],
  queryFn: skipToken,
});

export function seedPage(client: QueryClient, reading: Reading, curve: Curve | null): void {
  client.setQueryData(readingOptions(reading.questionKey).queryKey, reading);
  if (curve !== null)
    client.setQueryData(curveOptions(reading.questionKey, reading.curveRevision).queryKey, curve);
}

/** An event becomes what GET would have given. */
export function applyEvent(client: QueryClient, event: LiveEvent): void {
  if (event.type === 'analysis') {
    client.setQueryData(readingOptions(event.reading.questionKey).queryKey, event.reading);
  } else if (event.type === 'problem') {
    client.setQueryData(readingOptions(event.questionKey).queryKey, (reading) =>
      reading ? { ...reading, freshness: event.freshness } : reading,
    );
  } else {
    const { progress, storeProblem } = event;
    client.setQueryData(pulseOptions.queryKey, { progress, storeProblem });
  }
}
