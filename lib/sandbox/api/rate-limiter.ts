import { createSlidingWindow, WINDOWS, type SlidingWindow } from './sliding-window';

/** Counts accepted requests per credential; a refused one does not lengthen the wait. */
export interface RateLimiter {
  /** Counts the request, or returns false because one of the windows is full. */
  admit(credential: string, nowMs: number): boolean;
}

export function createRateLimiter(): RateLimiter {
  const byCredential = new Map<string, SlidingWindow>();
  return {
    admit: (credential, nowMs) => {
      const window = byCredential.get(credential) ?? createSlidingWindow();
      byCredential.set(credential, window);
      if (WINDOWS.some(({ spanMs, limit }) => window.count(nowMs, spanMs) >= limit)) return false;
      window.add(nowMs);
      return true;
    },
  };
}
