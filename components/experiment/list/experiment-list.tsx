'use client';

/** All experiments by what to do with them, live; the order holds while somebody reads. */
import { useRef } from 'react';
import { useTranslations } from 'use-intl';
import { EmptyList } from '@/components/experiment/list/empty-list';
import { groupRows, toOrder } from '@/components/experiment/list/group-rows';
import { ListFilters } from '@/components/experiment/list/list-filters';
import { ListGroup } from '@/components/experiment/list/list-group';
import { ListHead } from '@/components/experiment/list/list-head';
import { useHeldOrder } from '@/components/experiment/list/use-held-order';
import type { ListViewState } from '@/components/experiment/list/use-list-view';
import { useStandings } from '@/components/experiment/list/use-standings';
import type { WatchRow } from '@/components/experiment/list/use-watched-rows';
import { LinkButton } from '@/components/ui/link-button';
import { LiveRegion } from '@/components/ui/live-region';
import { useFormats } from '@/components/ui/use-formats';
import type { ListDatum } from '@/lib/client/list-query';
import { isFiltered, NO_FILTER } from '@/lib/core/live/list-ask';
import type { Problem } from '@/lib/core/problem/problem';
import styles from './experiment-list.module.css';

export interface ExperimentListProps {
  readonly list: ListDatum;
  /** Why the last ask was not answered. */
  readonly problem: Problem | null;
  /** What is shown was asked for before; the answer to the last ask is on its way. */
  readonly isSearching: boolean;
  readonly state: ListViewState;
  readonly watchRow: WatchRow;
}

const COLUMNS = ['state', 'experiment', 'line', 'lift', 'spark', 'days', 'age'] as const;

export function ExperimentList(props: ExperimentListProps) {
  const { list, problem, isSearching, state, watchRow } = props;
  const t = useTranslations('list');
  const { locale } = useFormats();
  const { view } = list;
  const standings = useStandings(list.keys);
  const { order, moves, adopt } = useHeldOrder(
    toOrder(standings, locale),
    JSON.stringify(view.filter),
  );
  const panel = useRef<HTMLDivElement>(null);
  const showNewOrder = (): void => {
    adopt();
    // The button goes with the old order; whoever pressed it goes on at the list.
    panel.current?.focus({ preventScroll: true });
  };
  return (
    <>
      <ListHead list={list} problem={problem ?? list.problem} standings={standings} />
      <ListFilters projects={list.projects} filter={state.filter} onChange={state.setFilter}>
        {isSearching ? (
          <span className={styles.searching}>{t('searching')}</span>
        ) : (
          moves > 0 && (
            <span className={styles.moves}>
              {t('wouldMove', { n: moves })}{' '}
              <LinkButton onClick={showNewOrder}>{t('newOrder')}</LinkButton>
            </span>
          )
        )}
      </ListFilters>
      <LiveRegion text={isFiltered(view.filter) ? t('found', { n: list.total }) : ''} />
      <div className={styles.panel} ref={panel} tabIndex={-1} aria-busy={isSearching}>
        {order.length === 0 ? (
          <EmptyList
            isFiltered={isFiltered(view.filter)}
            problem={problem ?? list.problem}
            isReading={list.asOfMs === null}
            isWhole={list.listing.isWhole}
            onReset={() => state.setFilter(NO_FILTER)}
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
            {groupRows(order).map(({ group, keys }) => (
              <ListGroup
                key={group}
                group={group}
                keys={keys}
                total={list.totals[group]}
                listing={list.listing}
                view={view}
                onMore={state.showMore}
                watchRow={watchRow}
              />
            ))}
          </>
        )}
      </div>
    </>
  );
}
