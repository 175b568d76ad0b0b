/** The two clocks of the list: the oldest data of what runs, and the reading that comes first. */
import { STALE_AFTER_MS, type Reading } from '@/lib/core/live/reading';
import type { ClockWords, TwoClocks } from '@/lib/core/words/clocks';
import type { Formats } from '@/lib/core/words/formats';
import { say } from '@/lib/core/words/say';

export function toListClock(
  readings: readonly Reading[],
  nowMs: number,
  formats: Formats,
): TwoClocks {
  const running = readings.filter(({ experiment }) => experiment.status === 'active');
  const ages = running.flatMap(({ freshness }) => freshness.asOfMs ?? []);
  return {
    data: oldestClock(ages.length === 0 ? null : Math.min(...ages), nowMs, formats),
    next: nextClock(running, nowMs, formats),
  };
}

function oldestClock(asOfMs: number | null, nowMs: number, formats: Formats): ClockWords {
  if (asOfMs === null)
    return { words: say('clocks.oldestNone'), share: null, tone: 'ink', exact: null };
  const ageMs = Math.max(0, nowMs - asOfMs);
  return {
    words: say('clocks.oldest', { age: formats.duration(ageMs) }),
    share: ageMs / STALE_AFTER_MS,
    tone: ageMs > STALE_AFTER_MS ? 'warn' : 'ink',
    exact: say('clocks.exactData', { exact: formats.exact(asOfMs) }),
  };
}

function nextClock(
  running: readonly Reading[],
  nowMs: number,
  formats: Formats,
): ClockWords | null {
  if (running.some(({ freshness }) => freshness.isReading))
    return { words: say('clocks.readingNow'), share: 1, tone: 'ink', exact: null };
  const times = running.flatMap(({ freshness }) => freshness.nextReadingAtMs ?? []);
  if (times.length === 0) return null;
  const atMs = Math.min(...times);
  const leftMs = atMs - nowMs;
  return {
    words:
      leftMs > 0 ? say('clocks.next', { time: formats.duration(leftMs + 999) }) : say('clocks.due'),
    share: Math.min(1, Math.max(0, leftMs / 60_000)),
    tone: 'ink',
    exact: say('clocks.exactNext', { exact: formats.exact(atMs) }),
  };
}
