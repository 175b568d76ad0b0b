import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { IntervalAxis, IntervalBar } from '@/components/charts/interval-bar';
import { intervalTick } from '@/components/charts/interval-tick';
import { SeriesMarker } from '@/components/charts/series-marker';

import type { ChartWords } from '@/components/experiment/chart-words';
import { toSliceRows } from '@/components/experiment/slices/slice-rows';
import type { SliceArmRow, SlicesModel } from '@/components/experiment/slices/slice-rows';
import styles from '@/components/experiment/slices/slices.module.css';
import type { Slices } from '@/lib/core/analysis/slices';
import type { Reading } from '@/lib/core/live/reading';

interface SliceListProps {
  readonly slices: Slices;
  readonly reading: Reading;
  readonly words: ChartWords;
}

/** Small multiples on one axis: each slice's variations under its name, every bar on the same scale. */
export function SliceList({ slices, reading, words }: SliceListProps) {
  const t = useTranslations('slices');
  const locale = useLocale();
  const model = useMemo(() => toSliceRows(slices, words, t, locale), [slices, words, t, locale]);
  const { figures } = words;
  if (model.rows.length === 0) return <p>{t('empty')}</p>;
  const { analysis, experiment } = reading;
  const goal = experiment.goals.find(({ id }) => id === analysis?.goalId)?.name ?? '';
  const tick = intervalTick(model.scale, figures);
  return (
    <div className={styles.result}>
      <p className={styles.caption}>
        {t('table', {
          goal,
          unit: slices.unit,
          moment: `${figures.moment(slices.asOfMs)} (${figures.timeZone})`,
        })}
      </p>
      {model.comparisons > 0 && (
        <div className={styles.axis} aria-hidden="true">
          <div className={styles.bar}>
            <IntervalAxis scale={model.scale} tickLabel={tick} />
          </div>
        </div>
      )}
      <ul className={styles.slices}>
        {model.rows.map((row) => (
          <li key={row.key} className={styles.slice}>
            <h3 className={styles.value}>
              <bdi>{row.title}</bdi>
              <span className={styles.size}>
                {row.size}
                {row.share !== '' && ` · ${row.share}`}
              </span>
            </h3>
            <ul className={styles.arms}>
              {row.arms.map((arm) => (
                <Arm key={arm.id} arm={arm} model={model} tick={tick} />
              ))}
            </ul>
          </li>
        ))}
      </ul>
      <p className={styles.foot}>
        {slices.level === null
          ? t(`withheld.${slices.withheld ?? 'unit'}`)
          : t('promise', { level: figures.level(slices.level), comparisons: model.comparisons })}
        {model.rows.length > 1 && slices.unit === 'visitors' && ` ${t('overlap')}`}
        {slices.sinceMs !== null && ` ${t('since', { moment: figures.moment(slices.sinceMs) })}`}
        {slices.left > 0 && ` ${t('left', { n: slices.left })}`}
      </p>
    </div>
  );
}

interface ArmProps {
  readonly arm: SliceArmRow;
  readonly model: SlicesModel;
  readonly tick: (value: number) => string;
}

function Arm({ arm, model, tick }: ArmProps) {
  return (
    <li className={styles.arm}>
      <span className={styles.name}>
        <SeriesMarker place={arm.place} />
        <bdi title={arm.name}>{arm.name}</bdi>
      </span>
      <span className={styles.rate}>{arm.rate}</span>
      <span className={styles.lift}>{arm.lift}</span>
      {model.comparisons > 0 && (
        <span className={styles.bar}>
          <IntervalBar
            scale={model.scale}
            place={arm.place}
            bar={arm.bar}
            isDecided={false}
            isReference={arm.isReference}
            tickLabel={tick}
          />
        </span>
      )}
      <span className={styles.interval}>{arm.interval}</span>
    </li>
  );
}
