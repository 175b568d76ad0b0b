'use client';

import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { SeriesMarker } from '@/components/charts/series-marker';
import type { ChartWords } from '@/components/experiment/chart-words';
import { GoalDetail } from '@/components/experiment/goals/goal-detail';
import type { GoalCell, GoalsModel, ShownGoal } from '@/components/experiment/goals/goal-rows';
import styles from '@/components/experiment/goals/goals.module.css';
import { FigureCell } from '@/components/ui/figure-cell';
import { pagePath } from '@/lib/client/api';
import { keepView } from '@/lib/client/keep-view';
import type { GoalTable } from '@/lib/core/analysis/goal-table';
import { goalId } from '@/lib/core/experiment/ids';
import { parseQuestion, questionKey } from '@/lib/core/experiment/question';
import type { Reading } from '@/lib/core/live/reading';

interface GoalsTableProps {
  readonly model: GoalsModel;
  readonly table: GoalTable;
  readonly reading: Reading;
  readonly words: ChartWords;
}

/** Goals down, variations across; a row opens to counts and intervals on one axis. */
export function GoalsTable({ model, table, reading, words }: GoalsTableProps) {
  const t = useTranslations('goals');
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string): void => {
    const next = new Set(opened);
    if (!next.delete(id)) next.add(id);
    setOpened(next);
  };
  const cells = model.goals[0]?.cells ?? [];
  const reference = cells.find(({ isReference }) => isReference)?.name ?? '';
  const others = cells.filter(({ isReference }) => !isReference);
  const label = t('table', {
    reference,
    unit: table.unit === 'first-visits' ? 'firstVisits' : table.unit,
    moment: `${words.figures.moment(table.asOfMs)} (${words.figures.timeZone})`,
  });
  return (
    <>
      <p className={styles.caption}>{label}</p>
      <div className={styles.scroll} role="region" aria-label={t('scroll')} tabIndex={0}>
        <table className={styles.table} aria-label={label}>
          <thead>
            <tr>
              <th scope="col" className={styles.goal}>
                {t('head.goal')}
              </th>
              <th scope="col">
                <bdi>{t('head.rate', { name: reference })}</bdi>
              </th>
              {others.map(({ id, name, place }) => (
                <th key={id} scope="col">
                  <span className={styles.named}>
                    <SeriesMarker place={place} />
                    <bdi className={styles.name} title={name}>
                      {name}
                    </bdi>
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          {model.goals.map((goal) => (
            <Goal
              key={goal.id}
              goal={goal}
              model={model}
              reading={reading}
              words={words}
              isOpen={opened.has(goal.id)}
              onToggle={() => toggle(goal.id)}
            />
          ))}
        </table>
      </div>
    </>
  );
}

interface GoalProps {
  readonly goal: ShownGoal;
  readonly model: GoalsModel;
  readonly reading: Reading;
  readonly words: ChartWords;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

function Goal({ goal, model, reading, words, isOpen, onToggle }: GoalProps) {
  const t = useTranslations('goals');
  const others = goal.cells.filter(({ isReference }) => !isReference);
  return (
    <tbody>
      <tr>
        <th scope="row" className={styles.goal}>
          <div className={styles.head}>
            <button
              type="button"
              className={styles.toggle}
              aria-expanded={isOpen}
              aria-label={t('open', { goal: goal.name })}
              onClick={onToggle}
            >
              <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
                <path
                  d={isOpen ? 'M2 4L6 8L10 4' : 'M4 2L8 6L4 10'}
                  fill="none"
                  stroke="currentColor"
                  strokeWidth="1.5"
                />
              </svg>
            </button>
            <span className={styles.titles}>
              <bdi className={styles.name} title={goal.name}>
                {goal.name}
              </bdi>
              <span className={styles.role}>
                {t(`role.${goal.role}`)}
                {goal.isLowerBetter && `, ${t('lower')}`}
              </span>
            </span>
          </div>
        </th>
        <td>
          <FigureCell text={goal.referenceRate} />
        </td>
        {others.map((cell) => (
          <Cell key={cell.id} cell={cell} />
        ))}
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={others.length + 2} className={styles.detail}>
            <GoalDetail goal={goal} scale={model.scale} words={words} />
            <ShowOnCharts id={goal.id} reading={reading} />
          </td>
        </tr>
      )}
    </tbody>
  );
}

function Cell({ cell }: { readonly cell: GoalCell }) {
  const t = useTranslations('goals');
  return (
    <td className={cell.says === 'harmed' ? styles.harmed : undefined}>
      <FigureCell text={cell.lift} />
      <span className={styles.under}>{cell.interval}</span>
      {cell.says !== null && <span className={styles.says}>{t(`says.${cell.says}`)}</span>}
    </td>
  );
}

/** A dial as any other: an address, which can be shared and undone. */
function ShowOnCharts({ id, reading }: { readonly id: string; readonly reading: Reading }) {
  const t = useTranslations('goals');
  const view = useSearchParams();
  const parsed = parseQuestion(reading.questionKey);
  if (!parsed.ok) return null;
  const isMain = id === reading.experiment.mainGoalId;
  const method = { ...parsed.question.method, goalId: isMain ? null : goalId(id) };
  const key = questionKey({ ...parsed.question, method });
  return (
    <Link className={styles.ask} href={keepView(pagePath(key), view)}>
      {t('ask')}
    </Link>
  );
}
