import 'server-only';
import type { IntervalHistogram } from 'node:perf_hooks';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Clock } from '@/lib/core/time/clock';

/** How long the process kept others waiting, within the last whole window; null before the first. Milliseconds. */
export interface LoopDelay {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export interface LoopWatch {
  last(): LoopDelay | null;
  stop(): void;
}

type Histogram = Pick<
  IntervalHistogram,
  'count' | 'max' | 'percentile' | 'reset' | 'enable' | 'disable'
>;

/** Node measures by a timer of its own, whose period is part of what it tells. */
const TICK_MS = 10;
export const LOOP_WINDOW_MS = 15_000;

/** Watches the event loop in windows, so that several readers see the same and none resets it for another. */
export function watchLoop(
  clock: Pick<Clock, 'setTimer'>,
  histogram: Histogram = monitorEventLoopDelay({ resolution: TICK_MS }),
): LoopWatch {
  let last: LoopDelay | null = null;
  const toMs = (nanoseconds: number): number =>
    Math.max(0, Math.round(nanoseconds / 1e4 - TICK_MS * 100) / 100);
  let cancel = (): void => {};
  const turn = (): void => {
    // Nothing measured: the clock was moved on without time passing.
    if (histogram.count > 0)
      last = {
        p50Ms: toMs(histogram.percentile(50)),
        p99Ms: toMs(histogram.percentile(99)),
        maxMs: toMs(histogram.max),
      };
    histogram.reset();
    cancel = clock.setTimer(turn, LOOP_WINDOW_MS);
  };
  histogram.enable();
  cancel = clock.setTimer(turn, LOOP_WINDOW_MS);
  return {
    last: () => last,
    stop() {
      cancel();
      histogram.disable();
    },
  };
}
