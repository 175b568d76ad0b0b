'use client';

/** The page of all experiments: the list and every reading out of the cache, one stream for all of them. */
import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { ExperimentList } from '@/components/experiment/list/experiment-list';
import { LivePage } from '@/lib/client/live/live-page';
import { listOptions, readingOptions } from '@/lib/client/queries';
import type { Reading } from '@/lib/core/live/reading';

/** New experiments are few: the stream renews what is known, this finds what is not. */
const RENEW_MS = 60_000;
const RENEW_COLD_MS = 1_000;

export function ListPage({ nowMs }: { readonly nowMs: number }) {
  const t = useTranslations('list');
  const client = useQueryClient();
  const { data: list } = useQuery({
    ...listOptions(client),
    refetchInterval: ({ state }) => (state.data?.keys.length === 0 ? RENEW_COLD_MS : RENEW_MS),
  });
  const readings = useQueries({
    queries: (list?.keys ?? []).map(readingOptions),
    combine: (results) => results.flatMap(({ data }): Reading[] => (data ? [data] : [])),
  });
  if (list === undefined) return null;
  return (
    <LivePage questionKeys={list.keys} nowMs={nowMs}>
      <title>{t('pageTitle')}</title>
      <ExperimentList list={list} readings={readings} />
    </LivePage>
  );
}
