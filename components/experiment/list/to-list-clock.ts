/** The two clocks of the list: the oldest data of what runs, and the reading that comes first; and what could not be read. */
import { STALE_AFTER_MS, type Reading } from '@/lib/core/live/reading';
import type { Problem } from '@/lib/core/problem/problem';
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
  /** How many could not be read again the last time; their last good figures are what is shown. */
  readonly failed: number;
  /** Why, for most of them, and when the first of these is tried again; null when all were read. */
  readonly problem: Problem | null;
}

export function toRunningTimes(readings: readonly Reading[]): RunningTimes {
  const running = readings.filter(({ experiment }) => experiment.status === 'active');
  const first = (times: readonly number[]): number | null =>
    times.length === 0 ? null : Math.min(...times);
  const failed = running.filter(({ freshness }) => freshness.state === 'failed');
  return {
    oldestMs: first(running.flatMap(({ freshness }) => freshness.asOfMs ?? [])),
    isReading: running.some(({ freshness }) => freshness.isReading),
    nextMs: first(running.flatMap(({ freshness }) => freshness.nextReadingAtMs ?? [])),
    failed: failed.length,
    problem: commonest(failed.flatMap(({ freshness }) => freshness.problem ?? [])),
  };
}

/** The cause that most share, as of the one of them that is tried again first. */
function commonest(problems: readonly Problem[]): Problem | null {
  const sharing = ({ code }: Problem): number =>
    problems.filter((other) => other.code === code).length;
  const againMs = ({ retryAtMs = Infinity }: Problem): number => retryAtMs;
  const [most = null] = problems.toSorted(
    (a, b) => sharing(b) - sharing(a) || (againMs(a) < againMs(b) ? -1 : 1),
  );
  return most;
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
