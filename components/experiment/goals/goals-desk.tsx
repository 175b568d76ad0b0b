'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { ChartWords } from '@/components/experiment/chart-words';
import { GOAL_ORDERS, toGoals } from '@/components/experiment/goals/goal-rows';
import type { GoalView } from '@/components/experiment/goals/goal-rows';
import { GoalsTable } from '@/components/experiment/goals/goals-table';
import styles from '@/components/experiment/goals/goals.module.css';
import { ProblemLine } from '@/components/experiment/problem-line';
import { ChipSelect } from '@/components/ui/chip-select';
import { SearchField } from '@/components/ui/search-field';
import { goalsOptions } from '@/lib/client/queries';
import type { GoalTable } from '@/lib/core/analysis/goal-table';
import type { Reading } from '@/lib/core/live/reading';

/** Fewer are seen at a glance. */
const WORTH_SEARCHING = 6;

interface GoalsDeskProps {
  readonly reading: Reading;
  readonly words: ChartWords;
  readonly nowMs: number;
}

/** What there is stays while the next is on its way. */
export function GoalsDesk({ reading, words, nowMs }: GoalsDeskProps) {
  const { questionKey, analysis } = reading;
  const { data, error } = useQuery(goalsOptions(questionKey, analysis?.asOfMs ?? 0));
  if (data !== undefined) return <Goals table={data} reading={reading} words={words} />;
  return (
    <div className={styles.first}>
      {error !== null && <ProblemLine error={error} nowMs={nowMs} />}
    </div>
  );
}

interface GoalsProps extends Pick<GoalsDeskProps, 'reading' | 'words'> {
  readonly table: GoalTable;
}

function Goals({ table, reading, words }: GoalsProps) {
  const t = useTranslations('goals');
  const locale = useLocale();
  const { figures } = words;
  const [view, setView] = useState<GoalView>({ search: '', order: 'role' });
  const model = useMemo(() => toGoals(table, view, words, locale), [table, view, words, locale]);
  const level = figures.level(table.confidenceLevel);
  return (
    <>
      {table.rows.length >= WORTH_SEARCHING && (
        <div className={styles.tools}>
          <SearchField
            label={t('search')}
            hint={t('search')}
            value={view.search}
            onChange={(search) => setView({ ...view, search })}
          />
          <ChipSelect
            label={t('sort')}
            value={view.order}
            options={GOAL_ORDERS.map((value) => ({ value, label: t(`order.${value}`) }))}
            isChanged={view.order !== 'role'}
            onChange={(order) =>
              setView({ ...view, order: GOAL_ORDERS.find((one) => one === order) ?? 'role' })
            }
          />
        </div>
      )}
      {model.goals.length === 0 ? (
        <p>{t('none')}</p>
      ) : (
        <GoalsTable model={model} table={table} reading={reading} words={words} />
      )}
      <p className={styles.foot}>
        {table.unit === 'visits'
          ? t('footVisits')
          : table.family > 1
            ? t('foot', { family: table.family, level })
            : t('footNone', { level })}
      </p>
    </>
  );
}
