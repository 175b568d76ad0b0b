'use client';

/** Revenue of a goal that carries some: points, and what may be said of them. */
import { useTranslations } from 'use-intl';
import { Panel } from '@/components/ui/panel';
import { Said } from '@/components/ui/said';
import { useFormats } from '@/components/ui/use-formats';
import { readRevenue } from '@/lib/core/analysis/revenue';
import type { Reading } from '@/lib/core/live/reading';
import { revenueInWords } from '@/lib/core/words/revenue-words';
import styles from './revenue-panel.module.css';

export function RevenuePanel({ reading }: { readonly reading: Reading }) {
  const t = useTranslations('revenue');
  const formats = useFormats();
  const { experiment, analysis } = reading;
  const revenue = analysis && readRevenue(experiment, analysis);
  if (revenue === null) return null;
  return (
    <Panel title={t('title')} subtitle={t('about')}>
      <dl className={styles.arms}>
        {revenue.arms
          .map((arm) => revenueInWords(arm, reading, formats))
          .map((arm) => (
            <div key={arm.key} className={styles.arm}>
              <dt>
                <bdi>{arm.name}</bdi>
              </dt>
              <dd>
                <p className={styles.points}>
                  {arm.points.map((point) => (
                    <span key={point.key}>
                      <Said phrase={point} />
                    </span>
                  ))}
                </p>
                {arm.lift && (
                  <p>
                    <Said phrase={arm.lift} />
                  </p>
                )}
                {arm.judgement && (
                  <p className={styles.judgement}>
                    <Said phrase={arm.judgement} />
                  </p>
                )}
              </dd>
            </div>
          ))}
      </dl>
      <p className={styles.foot}>{t('rate')}</p>
    </Panel>
  );
}
