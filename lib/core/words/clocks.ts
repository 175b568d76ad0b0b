/** The two clocks: how old the data are, and when the next reading comes. Words for every other case. */
import { STALE_AFTER_MS, isStale, type Reading } from '@/lib/core/live/reading';
import { countedUntilMs } from '@/lib/core/words/counted-until';
import type { Formats } from '@/lib/core/words/formats';
import type { Phrase } from '@/lib/core/words/phrase';
import { say } from '@/lib/core/words/say';

export interface ClockWords {
  readonly words: Phrase;
  /** Filled share of the ring, 0 to 1; null: no ring. */
  readonly share: number | null;
  readonly tone: 'ink' | 'warn';
  /** Exact time and zone, for hover and focus. */
  readonly exact: Phrase | null;
}

export interface TwoClocks {
  readonly data: ClockWords;
  readonly next: ClockWords | null;
}

export function toClocks(reading: Reading, nowMs: number, formats: Formats): TwoClocks {
  const { freshness, experiment } = reading;
  if (freshness.state === 'at-rest' || experiment.status === 'draft')
    return { data: restClock(reading, nowMs, formats), next: null };
  return { data: dataClock(reading, nowMs, formats), next: nextClock(reading, nowMs, formats) };
}

const exactData = (asOfMs: number | null, formats: Formats): Phrase | null =>
  asOfMs === null ? null : say('clocks.exactData', { exact: formats.exact(asOfMs) });

function restClock(reading: Reading, nowMs: number, formats: Formats): ClockWords {
  const { experiment } = reading;
  const asOfMs = countedUntilMs(reading);
  const base = { share: null, tone: 'ink', exact: exactData(asOfMs, formats) } as const;
  if (experiment.status === 'draft') return { ...base, words: say('clocks.draft') };
  const rest = experiment.status === 'paused' ? 'paused' : 'stopped';
  return asOfMs === null
    ? { ...base, words: say(`clocks.${rest}Empty`) }
    : { ...base, words: say(`clocks.${rest}`, { day: formats.day(asOfMs, nowMs) }) };
}

function dataClock(reading: Reading, nowMs: number, formats: Formats): ClockWords {
  const { asOfMs } = reading.freshness;
  if (asOfMs === null) return { words: say('clocks.noData'), share: 0, tone: 'ink', exact: null };
  const ageMs = Math.max(0, nowMs - asOfMs);
  const exact = exactData(asOfMs, formats);
  return isStale(reading, nowMs)
    ? {
        words: say('clocks.stale', { time: formats.near(asOfMs, nowMs) }),
        share: 1,
        tone: 'warn',
        exact,
      }
    : {
        words: say('clocks.age', { age: formats.duration(ageMs) }),
        share: ageMs / STALE_AFTER_MS,
        tone: 'ink',
        exact,
      };
}

function nextClock(reading: Reading, nowMs: number, formats: Formats): ClockWords {
  const { state, asOfMs, nextReadingAtMs, isReading, problem } = reading.freshness;
  if (isReading) return { words: say('clocks.readingNow'), share: 1, tone: 'ink', exact: null };
  const againAtMs = problem?.retryAtMs ?? nextReadingAtMs;
  const exact =
    againAtMs === null ? null : say('clocks.exactNext', { exact: formats.exact(againAtMs) });
  const base = { share: shareLeft(asOfMs, againAtMs, nowMs), tone: 'ink', exact } as const;
  const leftMs = againAtMs === null ? null : againAtMs - nowMs;
  if (state === 'failed')
    return { ...base, tone: 'warn', words: failedWords(asOfMs, leftMs, nowMs, formats) };
  if (state === 'throttled')
    return {
      ...base,
      words:
        leftMs === null || leftMs <= 0
          ? say('clocks.budgetUnknown')
          : say('clocks.budget', { time: formats.duration(leftMs + 999) }),
    };
  if (leftMs === null) return { ...base, words: say('clocks.unplanned') };
  return {
    ...base,
    words:
      leftMs > 0 ? say('clocks.next', { time: formats.duration(leftMs + 999) }) : say('clocks.due'),
  };
}

function failedWords(
  asOfMs: number | null,
  leftMs: number | null,
  nowMs: number,
  formats: Formats,
): Phrase {
  const stage = leftMs === null ? 'Stop' : leftMs > 0 ? '' : 'Soon';
  const again = formats.duration((leftMs ?? 0) + 999);
  return asOfMs === null
    ? say(`clocks.neverReached${stage}`, { again })
    : say(`clocks.failed${stage}`, { time: formats.near(asOfMs, nowMs), again });
}

/** Time left as a share of the wait from the last data to the next reading. */
function shareLeft(fromMs: number | null, untilMs: number | null, nowMs: number): number {
  if (fromMs === null || untilMs === null || untilMs <= fromMs) return 0;
  return Math.min(1, Math.max(0, (untilMs - nowMs) / (untilMs - fromMs)));
}
