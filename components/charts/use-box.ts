'use client';

import { useLayoutEffect, useState } from 'react';
import type { RefObject } from 'react';
import { flushSync } from 'react-dom';

export interface Box {
  readonly width: number;
  readonly height: number;
}

/** Size of an element in whole pixels; null until it is on the page. */
export function useBox(element: RefObject<HTMLElement | null>): Box | null {
  const [box, setBox] = useState<Box | null>(null);
  useLayoutEffect(() => {
    const target = element.current;
    if (target === null) return;
    const measure = () => {
      const width = Math.round(target.clientWidth);
      const height = Math.round(target.clientHeight);
      if (width === 0 || height === 0) return;
      setBox((kept) =>
        kept?.width === width && kept.height === height ? kept : { width, height },
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(target);
    // Paper has another width, and no observer is heard before it is printed.
    const measureAtOnce = () => flushSync(measure);
    window.addEventListener('beforeprint', measureAtOnce);
    return () => {
      observer.disconnect();
      window.removeEventListener('beforeprint', measureAtOnce);
    };
  }, [element]);
  return box;
}
