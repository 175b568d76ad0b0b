'use client';

/** The list's two clocks tick here alone; the rows under them do not. */
import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import {
  toListClock,
  toRunningTimes,
  type RunningTimes,
} from '@/components/experiment/list/to-list-clock';
import { rowOptions } from '@/components/experiment/list/use-standings';
import { TwoClocks } from '@/components/experiment/two-clocks';
import { useFormats } from '@/components/ui/use-formats';
import { useConnection, useNow } from '@/lib/client/live/live-page';
import type { Reading } from '@/lib/core/live/reading';
import { connectionInWords } from '@/lib/core/words/connection-words';

interface ListClocksProps {
  readonly keys: readonly string[];
  readonly isFiltered: boolean;
}

export function ListClocks({ keys, isFiltered }: ListClocksProps) {
  const formats = useFormats();
  const nowMs = useNow();
  const times = useQueries({ queries: keys.map(rowOptions), combine: combineTimes });
  const connection = useConnection();
  // A page opened on a filter that nothing matches has nothing to connect for.
  const isIdle = keys.length === 0 && connection.state === 'connecting';
  return (
    <TwoClocks
      {...toListClock(times, isFiltered, nowMs, formats)}
      connection={isIdle ? null : connectionInWords(connection, nowMs, formats)}
    />
  );
}

export const combineTimes = (results: readonly UseQueryResult<Reading>[]): RunningTimes =>
  toRunningTimes(results.flatMap(({ data }) => (data ? [data] : [])));
