'use client';

/** Title, what waits for somebody, how old the oldest running data are, and how far a cold start has come. */
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { ListClocks } from '@/components/experiment/list/list-clocks';
import { ListProblem } from '@/components/experiment/list/list-problem';
import { StoreProblem } from '@/components/experiment/store-problem';
import type { ListDatum } from '@/lib/client/list-query';
import { pulseOptions } from '@/lib/client/queries';
import { isFiltered } from '@/lib/core/live/list-ask';
import type { Problem } from '@/lib/core/problem/problem';
import type { Standing } from '@/lib/core/words/standing';
import styles from './list-head.module.css';

interface ListHeadProps {
  readonly list: ListDatum;
  readonly problem: Problem | null;
  readonly standings: readonly Standing[];
}

export function ListHead({ list, problem, standings }: ListHeadProps) {
  const t = useTranslations('list');
  const { data: pulse } = useQuery(pulseOptions);
  const { read, total } = pulse?.progress ?? { read: 0, total: 0 };
  const count = (test: (standing: Standing) => boolean): number => standings.filter(test).length;
  return (
    <header>
      <h1 className={styles.title}>{t('title')}</h1>
      <div className={styles.row}>
        <p className={styles.summary}>
          {standings.length === 0
            ? null
            : read < total
              ? t('cold', { read, total })
              : t('summary', {
                  shown: standings.length,
                  total: list.total,
                  isAll: standings.length >= list.total ? 'yes' : 'no',
                  harm: count(
                    ({ group, shape }) =>
                      group === 'act-now' && shape !== 'octagon' && shape !== 'diamond-struck',
                  ),
                  blocked: count(({ group, shape }) => group === 'act-now' && shape === 'octagon'),
                  withdrawn: count(({ shape }) => shape === 'diamond-struck'),
                  decide: count(({ group }) => group === 'decide'),
                })}
        </p>
        <ListClocks keys={list.keys} isFiltered={isFiltered(list.view.filter)} />
      </div>
      <StoreProblem />
      {standings.length > 0 && <ListProblem keys={list.keys} problem={problem} />}
    </header>
  );
}
