'use client';

/** On paper only: where the page is, of what data it is, how old they were, and by what method. */
import { useSyncExternalStore } from 'react';
import { toStamp } from '@/components/experiment/take-away/to-stamp';
import { Said } from '@/components/ui/said';
import { useFormats } from '@/components/ui/use-formats';
import type { Reading } from '@/lib/core/live/reading';
import styles from './print-stamp.module.css';

interface PrintStampProps {
  readonly reading: Reading;
  readonly nowMs: number;
}

export function PrintStamp({ reading, nowMs }: PrintStampProps) {
  const formats = useFormats();
  return (
    <div className={styles.stamp}>
      {toStamp(reading, nowMs, formats).map((phrase) => (
        <p key={phrase.key}>
          <Said phrase={phrase} />
        </p>
      ))}
      <p className={styles.address}>{useAddress()}</p>
    </div>
  );
}

const never = () => () => undefined;

/** Read anew whenever the page is drawn: dials change it. */
const useAddress = (): string =>
  useSyncExternalStore(
    never,
    () => window.location.href,
    () => '',
  );
