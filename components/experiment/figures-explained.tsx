import Link from 'next/link';
import { useTranslations } from 'use-intl';
import styles from '@/components/experiment/figures-explained.module.css';
import type { ChartWords } from '@/components/experiment/chart-words';
import type { Analysis } from '@/lib/core/analysis/analysis';

interface FiguresExplainedProps {
  readonly id: string;
  readonly isOpen: boolean;
  readonly analysis: Analysis;
  readonly words: ChartWords;
}

const TERMS = [
  'visitors',
  'conversions',
  'rate',
  'lift',
  'interval',
  'platform',
  'reading',
] as const;

/** Every column of the table in one sentence; where there is a plan, what that means. */
export function FiguresExplained({ id, isOpen, analysis, words }: FiguresExplainedProps) {
  const t = useTranslations('explain');
  const page = useTranslations('page');
  const level = words.figures.level(analysis.confidenceLevel);
  const unit = analysis.unit === 'first-visits' ? 'firstVisits' : analysis.unit;
  return (
    <div id={id} hidden={!isOpen} className={styles.explained}>
      <dl aria-label={t('label')}>
        {TERMS.map((term) => (
          <div key={term} className={styles.term}>
            <dt>{words.t(`variations.head.${term}`, { level })}</dt>
            <dd>{t(term, { level, unit })}</dd>
          </div>
        ))}
        {analysis.method.plannedEffect !== null && (
          <div className={styles.term}>
            <dt>{t('plannedName')}</dt>
            <dd>{t('planned')}</dd>
          </div>
        )}
      </dl>
      <p className={styles.more}>
        <Link href="/method" prefetch={false}>
          {page('method')}
        </Link>
      </p>
    </div>
  );
}
