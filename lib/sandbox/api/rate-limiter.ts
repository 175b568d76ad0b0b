import { createSlidingWindow, type SlidingWindow } from './sliding-window';
import { toWindowStart, WINDOWS, type Phases, type Window, type WindowMode } from './windows';

/** Counts accepted requests per credential; a refused one does not lengthen the wait. */
export interface RateLimiter {
  /** Counts the request, or returns false because one of the windows is full. */
  admit(credential: string, nowMs: number): boolean;
  /** Both windows as the server sees them now. */
  state(credential: string, nowMs: number): readonly WindowState[];
}

export interface WindowState extends Window {
  readonly remaining: number;
  /** Until some of it comes back. */
  readonly resetMs: number;
}

export interface RateLimiterOptions {
  /** Asked at each request: the windows may change their kind. */
  readonly mode: () => WindowMode;
  /** Where fixed windows begin. */
  readonly phases: Phases;
  /** What others have spent of a window, of which `startMs` to `nowMs` has passed. */
  readonly burden: (window: Window, startMs: number, nowMs: number) => number;
  readonly onRefused: () => void;
}

export function createRateLimiter(options: RateLimiterOptions): RateLimiter {
  const { mode, phases, burden, onRefused } = options;
  const byCredential = new Map<string, SlidingWindow>();

  function momentsOf(credential: string): SlidingWindow {
    const known = byCredential.get(credential);
    if (known !== undefined) return known;
    const created = createSlidingWindow();
    byCredential.set(credential, created);
    return created;
  }

  function state(credential: string, nowMs: number): WindowState[] {
    const moments = momentsOf(credential);
    const isFixed = mode() === 'fixed';
    return WINDOWS.map((window, i) => {
      const { spanMs, limit } = window;
      const startMs = isFixed ? toWindowStart(nowMs, spanMs, phases[i]!) : nowMs - spanMs;
      const own = isFixed ? moments.countSince(startMs) : moments.count(nowMs, spanMs);
      const oldestMs = isFixed ? startMs : moments.findOldest(nowMs, spanMs);
      return {
        spanMs,
        limit,
        remaining: Math.max(0, limit - own - burden(window, startMs, nowMs)),
        resetMs: oldestMs === undefined ? 0 : oldestMs + spanMs - nowMs,
      };
    });
  }

  return {
    state,
    admit: (credential, nowMs) => {
      if (state(credential, nowMs).every(({ remaining }) => remaining > 0)) {
        momentsOf(credential).add(nowMs);
        return true;
      }
      onRefused();
      return false;
    },
  };
}
