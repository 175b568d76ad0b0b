'use client';

/** Why the list, or rows of it, are not renewed, and when that is tried again; the last figures stay. */
import { useQueries } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { combineTimes } from '@/components/experiment/list/list-clocks';
import { rowOptions } from '@/components/experiment/list/use-standings';
import { Said } from '@/components/ui/said';
import { useFormats } from '@/components/ui/use-formats';
import { useConnection, useNow } from '@/lib/client/live/live-page';
import type { Problem } from '@/lib/core/problem/problem';
import { problemInWords } from '@/lib/core/words/problem-words';
import styles from './list-problem.module.css';

interface ListProblemProps {
  readonly keys: readonly string[];
  /** Why the list itself was not renewed. */
  readonly problem: Problem | null;
}

export function ListProblem({ keys, problem }: ListProblemProps) {
  const t = useTranslations('list');
  const rows = useQueries({ queries: keys.map(rowOptions), combine: combineTimes });
  const { state } = useConnection();
  // The dashboard itself is away, not the API: the connection says so, and nobody need report it.
  const isAway = problem?.code === 'internal' && (state === 'offline' || state === 'reconnecting');
  if (problem && !isAway) return <ProblemLine what={t('failed')} problem={problem} />;
  if (rows.problem)
    return <ProblemLine what={t('rowsFailed', { n: rows.failed })} problem={rows.problem} />;
  return null;
}

/** The line that ticks. */
function ProblemLine({ what, problem }: { readonly what: string; readonly problem: Problem }) {
  const words = problemInWords(problem, useFormats(), useNow());
  return (
    <p className={styles.problem}>
      {what} <Said phrase={words.title} /> <Said phrase={words.again ?? words.next} />
    </p>
  );
}
