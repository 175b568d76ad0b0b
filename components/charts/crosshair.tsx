'use client';

/**
 * One moment for all pictures of a page: pointing at a chart moves the crosshair of every other. A store beside React,
 * so that moving the pointer draws one line and one sentence anew, never a whole chart.
 */
import { createContext, use, useState, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';

export interface Crosshair {
  readonly read: () => number | null;
  readonly move: (atMs: number | null) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

export function createCrosshair(): Crosshair {
  let atMs: number | null = null;
  const listeners = new Set<() => void>();
  return {
    read: () => atMs,
    move: (next) => {
      if (next === atMs) return;
      atMs = next;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const CrosshairContext = createContext<Crosshair | null>(null);

/** Put around the charts that share a crosshair; a chart without it has one of its own. */
export function CrosshairProvider({ children }: { children: ReactNode }) {
  const [crosshair] = useState(createCrosshair);
  return <CrosshairContext value={crosshair}>{children}</CrosshairContext>;
}

export function useCrosshair(): Crosshair {
  const shared = use(CrosshairContext);
  const [own] = useState(createCrosshair);
  return shared ?? own;
}

export const useCrosshairMs = ({ subscribe, read }: Crosshair): number | null =>
  useSyncExternalStore(subscribe, read, () => null);
