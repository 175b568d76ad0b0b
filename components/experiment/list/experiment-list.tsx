'use client';

/** All experiments by what to do with them, live; the order holds while somebody reads. */
import { useTranslations } from 'use-intl';
import { EmptyList } from '@/components/experiment/list/empty-list';
import { ExperimentRow } from '@/components/experiment/list/experiment-row';
import { filterRows, isFiltered, NO_FILTER } from '@/components/experiment/list/filter-rows';
import { groupRows, toOrder } from '@/components/experiment/list/group-rows';
import { ListFilters } from '@/components/experiment/list/list-filters';
import { ListHead } from '@/components/experiment/list/list-head';
import { toRows } from '@/components/experiment/list/to-rows';
import { useHeldOrder } from '@/components/experiment/list/use-held-order';
import { useListFilter } from '@/components/experiment/list/use-list-filter';
import { LinkButton } from '@/components/ui/link-button';
import { useFormats } from '@/components/ui/use-formats';
import { useNow } from '@/lib/client/live/live-page';
import type { ListDatum } from '@/lib/client/queries';
import type { Reading } from '@/lib/core/live/reading';
import styles from './experiment-list.module.css';

interface ExperimentListProps {
  readonly list: ListDatum;
  readonly readings: readonly Reading[];
}

const COLUMNS = ['state', 'experiment', 'line', 'lift', 'spark', 'days', 'age'] as const;

export function ExperimentList({ list, readings }: ExperimentListProps) {
  const t = useTranslations('list');
  const formats = useFormats();
  const nowMs = useNow();
  const [filter, setFilter] = useListFilter();
  const rows = toRows(readings, nowMs, formats);
  const { order, moves, adopt } = useHeldOrder(toOrder(rows, formats.locale));
  const shown = filterRows(rows, filter);
  return (
    <>
      <ListHead list={list} readings={readings} shown={shown} />
      <ListFilters rows={rows} filter={filter} onChange={setFilter}>
        {moves > 0 && (
          <span className={styles.moves}>
            {t('wouldMove', { n: moves })} <LinkButton onClick={adopt}>{t('newOrder')}</LinkButton>
          </span>
        )}
      </ListFilters>
      <div className={styles.panel}>
        {shown.length === 0 ? (
          <EmptyList
            isFiltered={isFiltered(filter)}
            problem={list.problem}
            isReading={list.asOfMs === null}
            onReset={() => setFilter(NO_FILTER)}
          />
        ) : (
          <>
            <div className={styles.head} aria-hidden="true">
              {COLUMNS.map((column) => (
                <span key={column} className={styles[column]}>
                  {t(`head.${column}`)}
                </span>
              ))}
            </div>
            {groupRows(shown, order).map(({ group, rows: some }) => (
              <section key={group} className={styles.group} aria-labelledby={`group-${group}`}>
                <h2 className={styles.title} id={`group-${group}`}>
                  {t(`group.${group}`)} <span className={styles.count}>{some.length}</span>
                </h2>
                <ul className={styles.rows}>
                  {some.map((row) => (
                    <ExperimentRow key={row.key} row={row} />
                  ))}
                </ul>
              </section>
            ))}
          </>
        )}
      </div>
    </>
  );
}
