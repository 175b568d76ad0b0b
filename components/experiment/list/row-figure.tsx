'use client';

import { useTranslations } from 'use-intl';
import { Sparkline } from '@/components/experiment/list/sparkline';
import type { RowPicture } from '@/components/experiment/list/to-row';
import { Said, usePlainWords } from '@/components/ui/said';
import styles from './row-figure.module.css';

/** The curve, or how much of the minimum is there, or that it is withheld. */
export function RowFigure({ picture }: { readonly picture: RowPicture }) {
  const plain = usePlainWords();
  const t = useTranslations('list');
  switch (picture.kind) {
    case 'curve':
      return <Sparkline picture={picture.picture} label={plain(picture.label)} />;
    case 'gate':
      return (
        <span className={styles.gate}>
          <svg
            className={styles.bar}
            viewBox="0 0 100 3"
            preserveAspectRatio="none"
            aria-hidden="true"
          >
            <path className={styles.track} d="M0 0H100V3H0Z" />
            <path className={styles.share} d={`M0 0H${picture.share * 100}V3H0Z`} />
          </svg>
          <Said phrase={picture.words} />
        </span>
      );
    case 'withheld':
      return <span className={styles.words}>{t('withheld')}</span>;
    case 'none':
      return null;
  }
}
