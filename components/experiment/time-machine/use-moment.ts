'use client';

/** The moment that the address asks about, and the way to another one without building the page anew. */
import { useSearchParams } from 'next/navigation';
import { pagePath } from '@/lib/client/api';
import { withBasePath } from '@/lib/client/base-path';
import { keepView } from '@/lib/client/keep-view';
import { keyAt } from '@/lib/core/experiment/question';

export interface ShownMoment {
  /** null: now. */
  readonly atMs: number | null;
  readonly addressOf: (atMs: number | null) => string;
  readonly go: (atMs: number | null) => void;
}

export function useMoment(questionKey: string): ShownMoment {
  const search = useSearchParams();
  const text = search.get('at') ?? '';
  const atMs = /^\d{1,14}$/.test(text) ? Number(text) : null;
  const addressOf = (next: number | null): string =>
    keepView(pagePath(keyAt(questionKey, next)), search);
  return {
    atMs,
    addressOf,
    go(next) {
      // One step back leads out of the past, however many moments of it were looked at.
      const isWithin = atMs !== null && next !== null;
      const address = withBasePath(addressOf(next));
      if (isWithin) window.history.replaceState(null, '', address);
      else window.history.pushState(null, '', address);
    },
  };
}
