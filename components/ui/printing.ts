'use client';

/**
 * Whether the page is being put on paper. A print that is begun from the page waits for what is drawn anew at the width
 * of paper, and for what panels still load; one begun by the browser's own key takes what is there.
 */
import { useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';

/** Set on the root while the page has the width of paper; see `globals.css`. */
const MARK = 'printing';
/** A panel that has not come by then is printed as it is. */
const PATIENCE_MS = 3_000;

let isPrinting = false;
const listeners = new Set<() => void>();
const pending = new Set<Promise<unknown>>();

function set(next: boolean): void {
  isPrinting = next;
  if (next) document.documentElement.dataset[MARK] = '';
  else delete document.documentElement.dataset[MARK];
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

// The browser's own key: before the charts hear of it, for this module is read before any of them is drawn.
if (typeof window !== 'undefined') {
  window.addEventListener('beforeprint', () => flushSync(() => set(true)));
  window.addEventListener('afterprint', () => set(false));
}

/** Panels that are closed or loaded on demand show all they have while this is true. */
export const usePrinting = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => isPrinting,
    () => false,
  );

/** Something a panel loads for paper: printing waits for it. */
export function waitForPrint(work: Promise<unknown>): void {
  const settled = work.catch(() => undefined).finally(() => pending.delete(settled));
  pending.add(settled);
}

const nextFrame = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

export async function printPage(): Promise<void> {
  set(true);
  try {
    // One frame for panels to open, one for charts to see their new width, one to draw them.
    await nextFrame();
    const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
    await Promise.race([Promise.all(pending), patience]);
    await nextFrame();
    await nextFrame();
    window.print();
  } finally {
    set(false);
  }
}
