'use client';

/** How old the data are and when the next reading comes, with the exact time and zone on hover and focus. */
import { useId } from 'react';
import { ClockRing } from '@/components/ui/clock-ring';
import { Said, usePlainWords } from '@/components/ui/said';
import type { ClockWords } from '@/lib/core/words/clocks';
import type { Phrase } from '@/lib/core/words/phrase';
import styles from './two-clocks.module.css';

interface TwoClocksProps {
  readonly data: ClockWords;
  readonly next: ClockWords | null;
  /** null: nothing to be connected for. */
  readonly connection: Phrase | null;
}

export function TwoClocks({ data, next, connection }: TwoClocksProps) {
  return (
    <div className={styles.clocks}>
      <Clock clock={data} />
      {next && <Clock clock={next} />}
      <span className={styles.connection}>{connection && <Said phrase={connection} />}</span>
    </div>
  );
}

function Clock({ clock }: { readonly clock: ClockWords }) {
  const plain = usePlainWords();
  const id = useId();
  const exact = clock.exact && plain(clock.exact);
  return (
    <span
      className={`${styles.clock} ${clock.tone === 'warn' ? styles.warn : ''}`}
      {...(exact ? { title: exact, tabIndex: 0, role: 'note', 'aria-describedby': id } : {})}
    >
      {clock.share !== null && <ClockRing share={clock.share} isWarning={clock.tone === 'warn'} />}
      <span>
        <Said phrase={clock.words} />
      </span>
      {exact && (
        <span className={styles.exact} id={id}>
          {exact}
        </span>
      )}
    </span>
  );
}
