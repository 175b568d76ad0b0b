'use client';

import { useState } from 'react';
import type { Reading } from '@/lib/core/live/reading';

/** How many readings have come in since the reader turned to the past. */
export function useReadingsSince(live: Reading | undefined, isPast: boolean): number {
  const asOfMs = live?.freshness.asOfMs ?? null;
  const [seen, setSeen] = useState({ isPast, asOfMs, n: 0 });
  // The live reading that is already there when one turns back, or comes first, is not counted.
  const isFirst = seen.asOfMs === null || !seen.isPast;
  if (seen.isPast !== isPast || seen.asOfMs !== asOfMs)
    setSeen({ isPast, asOfMs, n: !isPast || isFirst ? 0 : seen.n + 1 });
  return seen.n;
}
