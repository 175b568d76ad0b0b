/** The two clocks of the list: the oldest data of what runs, and the reading that comes first. */
import { STALE_AFTER_MS, type Reading } from '@/lib/core/live/reading';
import type { ClockWords, TwoClocks } from '@/lib/core/words/clocks';
import type { Formats } from '@/lib/core/words/formats';
import { say } from '@/lib/core/words/say';

/** What the clocks need of all readings; small, so that it is seen when it changes. */
export interface RunningTimes {
  /** End of the oldest counted data; null when there are none. */
  readonly oldestMs: number | null;
  readonly isReading: boolean;
  /** When the first of the next readings is planned; null when none is. */
  readonly nextMs: number | null;
}

export function toRunningTimes(readings: readonly Reading[]): RunningTimes {
  const running = readings.filter(({ experiment }) => experiment.status === 'active');
  const first = (times: readonly number[]): number | null =>
    times.length === 0 ? null : Math.min(...times);
  return {
    oldestMs: first(running.flatMap(({ freshness }) => freshness.asOfMs ?? [])),
    isReading: running.some(({ freshness }) => freshness.isReading),
    nextMs: first(running.flatMap(({ freshness }) => freshness.nextReadingAtMs ?? [])),
  };
}

/** The clocks speak of the rows on the page, so where some are left out, "nothing" is said of these. */
export const toListClock = (
  times: RunningTimes,
  isFiltered: boolean,
  nowMs: number,
  formats: Formats,
): TwoClocks => ({
  data:
    times.oldestMs === null
      ? { ...NO_CLOCK, words: say(isFiltered ? 'clocks.oldestNoneHere' : 'clocks.oldestNone') }
      : oldestClock(times.oldestMs, nowMs, formats),
  next: nextClock(times, nowMs, formats),
});

const NO_CLOCK = { share: null, tone: 'ink', exact: null } as const;

function oldestClock(asOfMs: number, nowMs: number, formats: Formats): ClockWords {
  const ageMs = Math.max(0, nowMs - asOfMs);
  return {
    words: say('clocks.oldest', { age: formats.duration(ageMs) }),
    share: ageMs / STALE_AFTER_MS,
    tone: ageMs > STALE_AFTER_MS ? 'warn' : 'ink',
    exact: say('clocks.exactData', { exact: formats.exact(asOfMs) }),
  };
}

function nextClock(
  { isReading, nextMs }: RunningTimes,
  nowMs: number,
  formats: Formats,
): ClockWords | null {
  if (isReading) return { words: say('clocks.readingNow'), share: 1, tone: 'ink', exact: null };
  if (nextMs === null) return null;
  const leftMs = nextMs - nowMs;
  return {
    words:
      leftMs > 0 ? say('clocks.next', { time: formats.duration(leftMs + 999) }) : say('clocks.due'),
    share: Math.min(1, Math.max(0, leftMs / 60_000)),
    tone: 'ink',
    exact: say('clocks.exactNext', { exact: formats.exact(nextMs) }),
  };
}
