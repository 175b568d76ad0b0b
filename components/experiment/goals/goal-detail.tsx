import { useTranslations } from 'use-intl';
import { IntervalAxis, IntervalBar } from '@/components/charts/interval-bar';
import type { IntervalScale } from '@/components/charts/interval-scale';
import { intervalTick } from '@/components/charts/interval-tick';
import { SeriesMarker } from '@/components/charts/series-marker';
import type { ChartWords } from '@/components/experiment/chart-words';
import type { GoalCell, ShownGoal } from '@/components/experiment/goals/goal-rows';
import styles from '@/components/experiment/goals/goals.module.css';
import { useFormats } from '@/components/ui/use-formats';

interface GoalDetailProps {
  readonly goal: ShownGoal;
  readonly scale: IntervalScale;
  readonly words: ChartWords;
}

/** Every variation's counts and interval, on the axis that all goals share. */
export function GoalDetail({ goal, scale, words: { figures } }: GoalDetailProps) {
  const tick = intervalTick(scale, figures);
  const hasBars = goal.cells.some(({ bar }) => bar !== null);
  return (
    <div className={styles.inner}>
      {hasBars && (
        <div className={styles.axis} aria-hidden="true">
          <div className={styles.bar}>
            <IntervalAxis scale={scale} tickLabel={tick} />
          </div>
        </div>
      )}
      <ul className={styles.arms}>
        {goal.cells.map((cell) => (
          <li key={cell.id} className={styles.arm}>
            <span className={styles.named}>
              <SeriesMarker place={cell.place} />
              <bdi className={styles.name} title={cell.name}>
                {cell.name}
              </bdi>
            </span>
            <Counts cell={cell} />
            <span className={styles.bar}>
              {hasBars && (
                <IntervalBar
                  scale={scale}
                  place={cell.place}
                  bar={cell.bar}
                  isDecided={false}
                  isReference={cell.isReference}
                  tickLabel={tick}
                />
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Counts({ cell: { arm } }: { readonly cell: GoalCell }) {
  const t = useTranslations('goals.detail');
  const formats = useFormats();
  const { rate, converted, conversions, n, revenue } = arm;
  if (rate === null) return <span className={styles.counts}>{t('noRate')}</span>;
  const counts = t('counts', {
    rate: formats.rarePercent(rate),
    converted: formats.count(converted),
    n: formats.count(n),
    conversions,
  });
  // Zero is what goals without money have as well: it says nothing.
  const money =
    revenue === null || revenue === 0
      ? null
      : t('revenue', { revenue: formats.money(revenue), perUnit: formats.money(revenue / n) });
  return (
    <span className={styles.counts}>
      {counts}
      {money !== null && <span className={styles.under}>{money}</span>}
    </span>
  );
}
