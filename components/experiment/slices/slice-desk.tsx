'use client';

/** The form, what is under way, and the last answer: a failed or cancelled question leaves the picture where it is. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { ChartWords } from '@/components/experiment/chart-words';
import { ProblemLine } from '@/components/experiment/problem-line';
import { SliceForm } from '@/components/experiment/slices/slice-form';
import { SliceList } from '@/components/experiment/slices/slice-list';
import styles from '@/components/experiment/slices/slices.module.css';
import { LinkButton } from '@/components/ui/link-button';
import { slicesOptions } from '@/lib/client/slices';
import { SLICE_FIELDS } from '@/lib/core/experiment/slicing';
import type { Reading } from '@/lib/core/live/reading';

interface SliceDeskProps {
  readonly reading: Reading;
  readonly nowMs: number;
  readonly words: ChartWords;
  /** Of the address; empty while nothing is asked. */
  readonly search: string;
}

export function SliceDesk({ reading, nowMs, words, search }: SliceDeskProps) {
  const t = useTranslations('slices');
  const queries = useQueryClient();
  const [requests, setRequests] = useState(0);
  const [cancelled, setCancelled] = useState<string | null>(null);
  const wish = { questionKey: reading.questionKey, search, onProgress: setRequests };
  const options = slicesOptions(wish);
  const { data, error, isFetching } = useQuery({
    ...options,
    enabled: search !== '' && cancelled !== search,
  });
  const ask = (wanted: string): void => {
    setCancelled(null);
    setRequests(0);
    showInAddress(wanted);
    if (wanted === search && wanted !== '')
      void queries.fetchQuery({ ...slicesOptions(wish, true), staleTime: 0 }).catch(() => null);
  };
  const cancel = (): void => {
    setCancelled(search);
    void queries.cancelQueries({ queryKey: options.queryKey });
  };
  return (
    <div className={styles.desk}>
      <SliceForm key={search} search={search} isAsking={isFetching} onAsk={ask} />
      <p className={styles.status}>
        {isFetching ? (
          <>
            {t('asking', { requests })} <LinkButton onClick={cancel}>{t('cancel')}</LinkButton>
          </>
        ) : cancelled === search && search !== '' ? (
          t('cancelled', { requests })
        ) : (
          t('cost', { hour: 1000 })
        )}
      </p>
      {error !== null && !isFetching && (
        <ProblemLine
          error={error}
          nowMs={nowMs}
          ofField={(field) => (field === 'from' ? t('wrong.from') : null)}
        />
      )}
      {data !== undefined && search !== '' && (
        <SliceList slices={data} reading={reading} words={words} />
      )}
    </div>
  );
}

/** A choice is an address: it can be shared and undone, and the page is not read again for it. */
function showInAddress(search: string): void {
  const address = new URL(window.location.href);
  for (const field of SLICE_FIELDS) address.searchParams.delete(field);
  for (const [name, value] of new URLSearchParams(search)) address.searchParams.set(name, value);
  if (address.href !== window.location.href) window.history.pushState(null, '', address);
}
