'use client';

import { useState } from 'react';
import { leavesDomain, widen } from '@/components/charts/domains';
import type { Domain, PlotValue } from '@/components/charts/plot-data';

/**
 * A vertical range that holds still while live: it is taken anew when `key` changes (a reload, another line, an older
 * part of the curve), and only widened when the newest value would leave it.
 */
export function useKeptDomain(
  key: string,
  wanted: Domain | null,
  newest: PlotValue | null | undefined,
): Domain | null {
  const [kept, setKept] = useState({ key, domain: wanted });
  const next = nextDomain(kept, key, wanted, newest);
  if (next !== kept) setKept(next);
  return next.domain;
}

interface Kept {
  readonly key: string;
  readonly domain: Domain | null;
}

export function nextDomain(
  kept: Kept,
  key: string,
  wanted: Domain | null,
  newest: PlotValue | null | undefined,
): Kept {
  if (kept.key !== key || kept.domain === null)
    return kept.key === key && wanted === null ? kept : { key, domain: wanted };
  if (wanted === null || !leavesDomain(kept.domain, newest)) return kept;
  const domain = widen(kept.domain, wanted);
  const isSame = domain[0] === kept.domain[0] && domain[1] === kept.domain[1];
  return isSame ? kept : { key, domain };
}
