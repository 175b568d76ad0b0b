'use client';

/** What failed, what comes next and when; the figures above and below stay. */
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { LinkButton } from '@/components/ui/link-button';
import { Said } from '@/components/ui/said';
import { Shape } from '@/components/ui/shape';
import { useFormats } from '@/components/ui/use-formats';
import { useNow } from '@/lib/client/live/live-page';
import { readingOptions } from '@/lib/client/queries';
import type { Reading } from '@/lib/core/live/reading';
import { problemInWords } from '@/lib/core/words/problem-words';
import styles from './reading-problem.module.css';

export function ReadingProblem({ reading }: { readonly reading: Reading }) {
  const client = useQueryClient();
  const formats = useFormats();
  const nowMs = useNow();
  const t = useTranslations('problems');
  const { problem } = reading.freshness;
  if (problem === null) return null;
  const words = problemInWords(problem, formats, nowMs);
  const tryNow = (): void =>
    void client.invalidateQueries({ queryKey: readingOptions(reading.questionKey).queryKey });
  return (
    <p className={styles.problem}>
      <Shape name="octagon" tone="warn" size={16} />
      <span>
        <strong>
          <Said phrase={words.title} />
        </strong>{' '}
        <Said phrase={words.next} /> {words.again && <Said phrase={words.again} />}
      </span>
      {problem.retryable && <LinkButton onClick={tryNow}>{t('tryNow')}</LinkButton>}
    </p>
  );
}
