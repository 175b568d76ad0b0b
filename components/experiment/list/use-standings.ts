'use client';

import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import { readingOptions } from '@/lib/client/queries';
import type { Reading } from '@/lib/core/live/reading';
import { toStanding, type Standing } from '@/lib/core/words/standing';

/** Where each row stands. Renders again when one stands elsewhere, not with every new figure: rows see to themselves. */
export const useStandings = (keys: readonly string[]): readonly Standing[] =>
  useQueries({ queries: keys.map(rowOptions), combine: toStandings });

/** A row is renewed by the stream and with the whole list, never by a question of its own. */
export const rowOptions = (key: string) => ({ ...readingOptions(key), enabled: false });

const toStandings = (results: readonly UseQueryResult<Reading>[]): readonly Standing[] =>
  results.flatMap(({ data }) => (data ? [toStanding(data)] : []));
