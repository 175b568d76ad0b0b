'use client';

/** "Why does Kameleoon say 97.2%?": from its figure to our statement, one row a step, one sentence at the end. */
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { FoldPanel } from '@/components/ui/fold-panel';
import { Said, usePlainWords } from '@/components/ui/said';
import { useFormats } from '@/components/ui/use-formats';
import { toSecondOpinion } from '@/lib/core/analysis/second-opinion/to-second-opinion';
import type { Reading } from '@/lib/core/live/reading';
import { opinionInWords, type OpinionRow, type OpinionWords } from '@/lib/core/words/opinion-words';
import styles from './second-opinion-panel.module.css';

interface SecondOpinionPanelProps {
  readonly reading: Reading;
  /** Decides whether a date needs its year: of the day is exact enough. */
  readonly nowMs: number;
}

export function SecondOpinionPanel({ reading, nowMs }: SecondOpinionPanelProps) {
  const t = useTranslations('opinion');
  const formats = useFormats();
  const plain = usePlainWords();
  const { experiment, analysis } = reading;
  const opinions = useMemo(
    () => (analysis === null ? [] : toSecondOpinion(experiment, analysis)),
    [experiment, analysis],
  );
  const told = opinions
    .filter(({ platform }) => platform.reliability !== null)
    .map((opinion) => opinionInWords(opinion, reading, formats, nowMs, plain));
  const [first] = told;
  if (first === undefined) return null;
  return (
    <FoldPanel
      title={told.length === 1 ? t('title', { figure: first.figure ?? '' }) : t('titleMany')}
      subtitle={t('about')}
      show={t('show')}
      hide={t('hide')}
    >
      {told.map((opinion) => (
        <Opinion key={opinion.key} opinion={opinion} isAlone={told.length === 1} />
      ))}
    </FoldPanel>
  );
}

interface OpinionProps {
  readonly opinion: OpinionWords;
  readonly isAlone: boolean;
}

function Opinion({ opinion, isAlone }: OpinionProps) {
  const t = useTranslations('opinion');
  const bdi = (chunks: React.ReactNode) => <bdi>{chunks}</bdi>;
  return (
    <div className={styles.opinion}>
      {!isAlone && (
        <h3 className={styles.title}>
          {t.rich('titleNamed', { figure: opinion.figure ?? '', name: opinion.name, bdi })}
        </h3>
      )}
      <ol className={styles.steps}>
        <li className={styles.step}>
          <span className={styles.what}>{t('says', { figure: opinion.figure ?? '' })}</span>
          <span className={styles.figure}>{opinion.figure}</span>
        </li>
        {opinion.rows.map((row) => (
          <Step key={row.key} row={row} />
        ))}
      </ol>
      <p className={styles.conclusion}>
        <Said phrase={opinion.conclusion} />
      </p>
    </div>
  );
}

function Step({ row }: { readonly row: OpinionRow }) {
  const t = useTranslations('opinion');
  return (
    <li className={`${styles.step} ${row.changed ? '' : styles.same}`}>
      <span className={styles.name}>
        <Said phrase={row.name} />
      </span>
      <span className={styles.what}>
        <Said phrase={row.what} />
        {row.isPassed && <span className={styles.passed}> {t('passed')}</span>}
      </span>
      <span className={styles.figure}>{row.figure ?? t('notKnown')}</span>
    </li>
  );
}
