'use client';

/** One line under the band: what changed since the last visit. Its room is kept, so that it moves nothing. */
import { useEffect, useState } from 'react';
import { Said } from '@/components/ui/said';
import { useFormats } from '@/components/ui/use-formats';
import { keepVisit, visitBefore } from '@/lib/client/last-visit';
import type { Reading } from '@/lib/core/live/reading';
import { sinceVisit, toVisit, type Visit } from '@/lib/core/words/since-visit';
import styles from './since-visit-line.module.css';

interface SinceVisitLineProps {
  readonly reading: Reading;
  readonly nowMs: number;
}

const storage = () => window.localStorage;

export function SinceVisitLine({ reading, nowMs }: SinceVisitLineProps) {
  const formats = useFormats();
  const [before, setBefore] = useState<Visit | null | undefined>(undefined);
  const { questionKey } = reading;
  const asOfMs = reading.freshness.asOfMs ?? nowMs;
  useEffect(() => {
    const visit = toVisit(reading, asOfMs);
    if (visit === null) return;
    // Read once: what this visit writes must not become what it is compared with.
    const known = before === undefined ? visitBefore(storage, questionKey, asOfMs) : before;
    keepVisit(storage, questionKey, known, visit);
    if (before !== undefined) return;
    const frame = requestAnimationFrame(() => setBefore(known));
    return () => cancelAnimationFrame(frame);
  }, [reading, asOfMs, questionKey, before]);
  const phrase = before && sinceVisit(before, reading, formats, nowMs);
  return <p className={styles.line}>{phrase && <Said phrase={phrase} />}</p>;
}
