'use client';

import { useTranslations } from 'use-intl';
import { LinkButton } from '@/components/ui/link-button';
import { Said } from '@/components/ui/said';
import { useFormats } from '@/components/ui/use-formats';
import { useNow } from '@/lib/client/live/live-page';
import type { Problem } from '@/lib/core/problem/problem';
import { problemInWords } from '@/lib/core/words/problem-words';
import styles from './empty-list.module.css';

interface EmptyListProps {
  readonly isFiltered: boolean;
  readonly isReading: boolean;
  /** Whether the list is all there. */
  readonly isWhole: boolean;
  readonly problem: Problem | null;
  readonly onReset: () => void;
}

/** Why there is nothing to see, and what to do about it. */
export function EmptyList({ isFiltered, isReading, isWhole, problem, onReset }: EmptyListProps) {
  const t = useTranslations('list');
  const formats = useFormats();
  const nowMs = useNow();
  if (isFiltered)
    return (
      <div className={styles.empty}>
        <p>{t(isWhole ? 'noMatch' : 'noMatchYet')}</p>
        <p className={styles.next}>{t('noMatchNext')}</p>
        <LinkButton onClick={onReset}>{t('reset')}</LinkButton>
      </div>
    );
  const words = problem && problemInWords(problem, formats, nowMs);
  if (words)
    return (
      <div className={styles.empty}>
        <p>
          <Said phrase={words.title} />
        </p>
        <p className={styles.next}>
          <Said phrase={words.next} />
        </p>
      </div>
    );
  return (
    <div className={styles.empty}>
      <p>{t(isReading ? 'emptyReading' : 'empty')}</p>
      {!isReading && <p className={styles.next}>{t('emptyNext')}</p>}
    </div>
  );
}
