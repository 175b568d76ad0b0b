'use client';

/** Name, where it runs and since when, the two clocks, and whether anything is remembered. */
import { StoreProblem } from '@/components/experiment/store-problem';
import { TwoClocks } from '@/components/experiment/two-clocks';
import { Comma } from '@/components/ui/comma';
import { useFormats } from '@/components/ui/use-formats';
import { Said } from '@/components/ui/said';
import { useConnection, useNow } from '@/lib/client/live/live-page';
import { momentOf } from '@/lib/core/experiment/question';
import type { Reading } from '@/lib/core/live/reading';
import { toClocks } from '@/lib/core/words/clocks';
import { connectionInWords } from '@/lib/core/words/connection-words';
import { goalNameOf } from '@/lib/core/words/reading-facts';
import { say } from '@/lib/core/words/say';
import styles from './page-head.module.css';

export function PageHead({ reading }: { readonly reading: Reading }) {
  const formats = useFormats();
  const nowMs = useNow();
  const connection = useConnection();
  const { experiment, analysis } = reading;
  const day = analysis?.day ?? null;
  const goal = goalNameOf(reading);
  const isMain = analysis === null || analysis.goalId === experiment.mainGoalId;
  const { data, next } = toClocks(reading, nowMs, formats);
  return (
    <header className={styles.head}>
      <h1 className={styles.title} title={experiment.name}>
        <bdi>{experiment.name}</bdi>
      </h1>
      <div className={styles.row}>
        <p className={styles.facts}>
          <span>
            <Said
              phrase={say(`page.status.${experiment.status}`, {
                known: day === null ? 'no' : 'yes',
                day: day ?? 0,
              })}
            />
          </span>
          <span>
            <Comma />
            <bdi>{experiment.project.name}</bdi>
          </span>
          {goal !== '' && (
            <span className={styles.goal}>
              <Comma />
              <Said phrase={say(isMain ? 'page.mainGoal' : 'page.goal', { goal })} />
            </span>
          )}
        </p>
        {momentOf(reading.questionKey) === null && (
          <TwoClocks
            data={data}
            next={next}
            connection={connectionInWords(connection, nowMs, formats)}
          />
        )}
      </div>
      <StoreProblem />
    </header>
  );
}
