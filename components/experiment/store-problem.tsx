'use client';

/** One quiet line while looks cannot be kept: the numbers go on, their history does not. */
import { useQuery } from '@tanstack/react-query';
import { Said } from '@/components/ui/said';
import { pulseOptions } from '@/lib/client/queries';
import { say } from '@/lib/core/words/say';
import styles from './store-problem.module.css';

export function StoreProblem() {
  const { data: pulse } = useQuery(pulseOptions);
  return (
    <p className={styles.line} role="status">
      {pulse?.storeProblem && <Said phrase={say('clocks.notRemembered')} />}
    </p>
  );
}
