'use client';

import { useEffect, useMemo, useRef, useState, type RefCallback } from 'react';
import { firstWatched, nextWatched } from '@/components/experiment/list/watched-rows';

/** After the last row came into sight or left it: nobody's scrolling opens streams. */
const QUIET_MS = 1_000;
/** Rows this near to the screen are about to be on it. */
const MARGIN = '400px 0px';

export type WatchRow = (key: string) => RefCallback<Element>;

export interface WatchedRows {
  /** Sorted; the same array while the same rows are watched. */
  readonly watched: readonly string[];
  /** The ref of the row of a key. */
  readonly watchRow: WatchRow;
}

/** Follows which rows are on screen, and settles on those to watch. */
export function useWatchedRows(rendered: readonly string[]): WatchedRows {
  const [watched, setWatched] = useState(() => firstWatched(rendered));
  const [sight] = useState(createSight);
  const latest = useRef(rendered);
  useEffect(() => {
    latest.current = rendered;
    sight.changed();
  }, [rendered, sight]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const settle = (): void => {
      const sighting = { rendered: latest.current, inSight: sight.keys };
      setWatched((before) => nextWatched(before, sighting));
    };
    sight.onChange(() => {
      clearTimeout(timer);
      timer = setTimeout(settle, QUIET_MS);
    });
    return () => {
      clearTimeout(timer);
      sight.onChange(() => undefined);
    };
  }, [sight]);
  return { watched: useMemo(() => watched.toSorted(), [watched]), watchRow: sight.watchRow };
}

function createSight() {
  const keys = new Set<string>();
  const keyOf = new WeakMap<Element, string>();
  let tell = (): void => undefined;
  let observer: IntersectionObserver | null = null;

  /** Rows are there before effects run, so the first of them opens it. */
  const open = (): IntersectionObserver =>
    (observer ??= new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const key = keyOf.get(target);
          if (key === undefined) continue;
          if (isIntersecting) keys.add(key);
          else keys.delete(key);
        }
        tell();
      },
      { rootMargin: MARGIN },
    ));

  const watchRow: WatchRow = (key) => (row) => {
    if (row === null) return undefined;
    keyOf.set(row, key);
    open().observe(row);
    return () => {
      observer?.unobserve(row);
      keys.delete(key);
      tell();
    };
  };

  return {
    keys,
    watchRow,
    changed: () => tell(),
    onChange(listener: () => void) {
      tell = listener;
    },
  };
}
