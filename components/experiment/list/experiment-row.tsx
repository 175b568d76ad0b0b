'use client';

/** One experiment in the list. The whole row is its link; a cell without a figure is empty, not a dash. */
import Link from 'next/link';
import type { ReactNode, Ref } from 'react';
import { useTranslations } from 'use-intl';
import { RowFigure } from '@/components/experiment/list/row-figure';
import type { Row } from '@/components/experiment/list/to-row';
import { Badge } from '@/components/ui/badge';
import { Comma } from '@/components/ui/comma';
import { FigureCell } from '@/components/ui/figure-cell';
import { Said } from '@/components/ui/said';
import { pagePath } from '@/lib/client/api';
import styles from './experiment-row.module.css';

interface ExperimentRowProps {
  readonly row: Row;
  /** Apart from the row, since it changes by itself; null where there are no data. */
  readonly age: ReactNode;
  readonly ref?: Ref<HTMLLIElement>;
}

export function ExperimentRow({ row, age, ref }: ExperimentRowProps) {
  const t = useTranslations('list');
  return (
    <li ref={ref} className={`${styles.row} ${row.isHarm ? styles.harm : ''}`}>
      <span className={styles.state}>
        <Badge
          shape={row.tag.shape}
          tone={row.tag.tone}
          wordTone={row.tag.wordTone}
          progress={row.tag.progress}
        >
          <Said phrase={row.tag.words} />
        </Badge>
      </span>
      <span className={styles.experiment}>
        <Link className={styles.name} href={pagePath(row.key)} title={row.name} prefetch={false}>
          <bdi>{row.name}</bdi>
        </Link>
        <span className={styles.where}>
          <span>
            <bdi>{row.project}</bdi>
          </span>
          {row.goal !== '' && (
            <span>
              <Comma />
              <bdi>{row.goal}</bdi>
            </span>
          )}
        </span>
      </span>
      <span className={styles.line}>
        <Said phrase={row.line} />
      </span>
      <span className={styles.lift}>
        {(row.lift !== null || row.range !== null) && (
          <span className="visually-hidden">{t('head.lift')} </span>
        )}
        {row.lift !== null && <FigureCell className={styles.figure} text={row.lift} />}
        <span className={styles.range}>{row.range && <Said phrase={row.range} />}</span>
      </span>
      <span className={styles.picture}>
        {(row.picture.kind === 'withheld' || row.picture.kind === 'gate') && (
          <span className="visually-hidden">{t('head.spark')} </span>
        )}
        <RowFigure picture={row.picture} />
      </span>
      <span className={styles.days}>
        {row.days !== '' && <span className="visually-hidden">{t('head.days')} </span>}
        {row.days}
      </span>
      <span className={`${styles.age} ${row.isStale ? styles.stale : ''}`}>
        {age !== null && (
          <span className={`visually-hidden ${styles.ageLabel}`}>{t('head.age')} </span>
        )}
        {age}
        {row.isStale && <span className={styles.staleWord}>{t('stale')}</span>}
      </span>
    </li>
  );
}
