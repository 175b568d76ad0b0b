'use client';

/** What failed of something that somebody asked for, and what to do; what there was stays. */
import { Said } from '@/components/ui/said';
import { Shape } from '@/components/ui/shape';
import { useFormats } from '@/components/ui/use-formats';
import { isProblemError, toProblem } from '@/lib/core/problem/problem';
import { problemInWords } from '@/lib/core/words/problem-words';
import styles from './problem-line.module.css';

interface ProblemLineProps {
  readonly error: Error;
  readonly nowMs: number;
  /** A sentence for the field at fault, where there is a better one. */
  readonly ofField?: (field: string) => string | null;
}

export function ProblemLine({ error, nowMs, ofField }: ProblemLineProps) {
  const formats = useFormats();
  const problem = isProblemError(error)
    ? error.problem
    : toProblem('internal', 'the answer was not understood');
  const { title, next, again } = problemInWords(problem, formats, nowMs);
  const own = problem.field === undefined ? null : (ofField?.(problem.field) ?? null);
  return (
    <p className={styles.line} role="alert">
      <Shape name="octagon" tone="warn" size={16} />
      <span>
        {own ?? (
          <>
            <Said phrase={title} /> <Said phrase={next} /> {again && <Said phrase={again} />}
          </>
        )}
      </span>
    </p>
  );
}
