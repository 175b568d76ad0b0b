'use client';

/** Title, what waits for somebody, how old the oldest running data are, and how far a cold start has come. */
import { useTranslations } from 'use-intl';
import { toListClock } from '@/components/experiment/list/to-list-clock';
import type { Row } from '@/components/experiment/list/to-rows';
import { TwoClocks } from '@/components/experiment/two-clocks';
import { Said } from '@/components/ui/said';
import { useFormats } from '@/components/ui/use-formats';
import { useConnection, useNow } from '@/lib/client/live/live-page';
import type { ListDatum } from '@/lib/client/queries';
import type { Reading } from '@/lib/core/live/reading';
import { connectionInWords } from '@/lib/core/words/connection-words';
import { problemInWords } from '@/lib/core/words/problem-words';
import styles from './list-head.module.css';

interface ListHeadProps {
  readonly list: ListDatum;
  readonly readings: readonly Reading[];
  readonly shown: readonly Row[];
}

export function ListHead({ list, readings, shown }: ListHeadProps) {
  const t = useTranslations('list');
  const formats = useFormats();
  const nowMs = useNow();
  const connection = useConnection();
  const { read, total } = list.progress;
  const problem = list.problem && problemInWords(list.problem, formats, nowMs);
  const count = (test: (row: Row) => boolean): number => shown.filter(test).length;
  return (
    <header>
      <h1 className={styles.title}>{t('title')}</h1>
      <div className={styles.row}>
        <p className={styles.summary}>
          {readings.length === 0
            ? null
            : read < total
              ? t('cold', { read, total })
              : t('summary', {
                  shown: shown.length,
                  harm: count((row) => row.group === 'act' && row.tag.shape !== 'octagon'),
                  blocked: count((row) => row.tag.shape === 'octagon'),
                  decide: count((row) => row.group === 'decide'),
                })}
        </p>
        <TwoClocks
          {...toListClock(readings, nowMs, formats)}
          connection={connectionInWords(connection, nowMs, formats)}
        />
      </div>
      {problem && readings.length > 0 && (
        <p className={styles.problem}>
          {t('failed')} <Said phrase={problem.title} />{' '}
          <Said phrase={problem.again ?? problem.next} />
        </p>
      )}
    </header>
  );
}
