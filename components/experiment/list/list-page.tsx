'use client';

/** The page of all experiments: which rows there are, and one stream for those on screen. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import {
  ExperimentList,
  type ExperimentListProps,
} from '@/components/experiment/list/experiment-list';
import { useListView } from '@/components/experiment/list/use-list-view';
import { useWatchedRows } from '@/components/experiment/list/use-watched-rows';
import { LivePage } from '@/lib/client/live/live-page';
import { listOptions } from '@/lib/client/list-query';
import { isProblemError, toProblem, type Problem } from '@/lib/core/problem/problem';

export function ListPage({ nowMs }: { readonly nowMs: number }) {
  const client = useQueryClient();
  const state = useListView();
  const { data, error, isPlaceholderData } = useQuery(listOptions(client, state.asked));
  // An ask that failed leaves what was there before.
  const [last, setLast] = useState(data);
  if (data !== undefined && data !== last) setLast(data);
  const list = data ?? last;
  if (list === undefined) return null;
  return (
    <LiveList
      list={list}
      problem={error && toShown(error)}
      isSearching={isPlaceholderData}
      state={state}
      nowMs={nowMs}
    />
  );
}

const toShown = (error: Error): Problem =>
  isProblemError(error) ? error.problem : toProblem('internal', error.message);

type LiveListProps = Omit<ExperimentListProps, 'watchRow'> & { readonly nowMs: number };

function LiveList({ nowMs, ...props }: LiveListProps) {
  const t = useTranslations('list');
  const { watched, watchRow } = useWatchedRows(props.list.keys);
  return (
    <LivePage questionKeys={watched} nowMs={nowMs}>
      <title>{t('pageTitle')}</title>
      <ExperimentList {...props} watchRow={watchRow} />
    </LivePage>
  );
}
