'use client';

import { useEffect } from 'react';
import type { RefObject } from 'react';

/** Calls `leave` on Escape (and gives focus back to what opened it), on a press elsewhere, and when focus moves on. */
export function useLeave(
  root: RefObject<HTMLElement | null>,
  isOpen: boolean,
  leave: () => void,
  opener: RefObject<HTMLElement | null>,
): void {
  useEffect(() => {
    if (!isOpen) return;
    const isInside = (target: EventTarget | null): boolean =>
      target instanceof Node && root.current?.contains(target) === true;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      leave();
      opener.current?.focus();
    };
    const onMove = (event: Event): void => {
      if (!isInside(event.target)) leave();
    };
    document.addEventListener('keydown', onKey);
    document.addEventListener('pointerdown', onMove);
    document.addEventListener('focusin', onMove);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('pointerdown', onMove);
      document.removeEventListener('focusin', onMove);
    };
  }, [root, isOpen, leave, opener]);
}
