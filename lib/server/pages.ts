import 'server-only';
import type { ListBody } from '@/lib/client/api';
import type { Curve, Reading } from '@/lib/core/live/reading';

// Stand-in until the services are there: only the signatures the pages are written against.
export interface ListPageData {
  readonly list: ListBody;
  readonly timeZone: string;
  readonly locale: string;
}

export interface ExperimentPageData {
  readonly reading: Reading;
  readonly curve: Curve | null;
  readonly nowMs: number;
  readonly timeZone: string;
  readonly locale: string;
}

export function readList(): Promise<ListPageData> {
  return Promise.reject(new Error('readList is not written yet'));
}

export function readPage(_questionText: string): Promise<ExperimentPageData | null> {
  return Promise.reject(new Error('readPage is not written yet'));
}
