import { expect, it, describe } from 'vitest';
import type { Reading } from '@/lib/core/live/reading';
import { toClocks } from '@/lib/core/words/clocks';
import { formatsFor } from '@/lib/core/words/formats';
import { problemInWords } from '@/lib/core/words/problem-words';
import { createPlainWords } from '@/lib/core/words/say';
import type { FaultSpec } from '@/lib/sandbox/faults/fault';
import { toMixture } from '@/lib/sandbox/faults/mixture';
import { aLine, aViewer, runningOf, until, type Line } from './line';

const MINUTE_MS = 60_000;
/** With all eighteen running experiments watched, from one reading to the next. */
const PERIOD_MS = 260_000;
/** An API whose clock jumps ahead makes data look older until they are read again. */
const CLOCK_JUMP_MS = 5 * MINUTE_MS;
const VIEWERS = 2;
const formats = formatsFor('en', 'UTC');
const plain = createPlainWords('en');

/** A line that has read everything that runs, and the people who look at all of it. */
async function aLivedInLine(seed: number) {
  const line = await aLine({ seed });
  await until(line, () => line.results.list().readings.length > 0, MINUTE_MS, 'a list');
  const ids = runningOf(line).map(({ experiment }) => experiment.id);
  const viewers = Array.from({ length: VIEWERS }, () => aViewer(line, ids));
  const isRead = (): boolean =>
    viewers.every((viewer) => viewer.pictures().every(({ analysis }) => analysis !== null));
  await until(line, isRead, 2 * MINUTE_MS, 'first readings of all that runs');
  // Past points and finished tests are read meanwhile; the faults should meet all kinds of work.
  await line.clock.advance(MINUTE_MS);
  return { line, ids, viewers };
}

/** What a reader finds on the page about data that are late: their age, the cause, what comes next. */
function excuseOf(reading: Reading, nowMs: number): string {
  const { data, next } = toClocks(reading, nowMs, formats);
  const { problem } = reading.freshness;
  const cause = problem ? problemInWords(problem, formats, nowMs) : null;
  return [data.words, next?.words, cause?.title, cause?.next]
    .map((phrase) => (phrase ? plain(phrase) : ''))
    .join(' ');
}

interface House {
  readonly line: Line;
  readonly viewers: readonly ReturnType<typeof aViewer>[];
}

/** Looks every 5 s at what everybody sees. */
async function liveThrough(
  { line, viewers }: House,
  forMs: number,
  leewayMs: number,
): Promise<void> {
  const { clock, client } = line;
  for (let at = 0; at < forMs; at += 5_000) {
    await clock.advance(5_000);
    const nowMs = client.upstreamNowMs();
    for (const viewer of viewers) {
      expect(viewer.blanks()).toBe(0);
      for (const picture of viewer.pictures()) {
        expect(picture.analysis).not.toBeNull();
        expect(picture.freshness.asOfMs).not.toBeNull();
        const ageMs = nowMs - (picture.freshness.asOfMs ?? 0);
        // Late data say why, or that their turn has come: others may be slow before them.
        if (ageMs < PERIOD_MS + MINUTE_MS + leewayMs) continue;
        const { state, problem } = picture.freshness;
        const excuse = excuseOf(picture, nowMs);
        if (problem) expect(['failed', 'throttled']).toContain(state);
        else expect(excuse).toMatch(/reading now|due now|waiting for budget/i);
        expect(excuse).toMatch(/\S+ old|data from/i);
      }
    }
  }
}

/** After the last fault: everything fresh and without complaint within one period and a minute. */
async function expectRecovery({ line, viewers }: House): Promise<number> {
  const endedMs = line.clock.nowMs();
  const isWell = ({ freshness }: Reading): boolean =>
    freshness.problem === null && (freshness.asOfMs ?? 0) >= endedMs;
  const all = (): boolean => viewers.every((viewer) => viewer.pictures().every(isWell));
  return until(line, all, PERIOD_MS + MINUTE_MS, 'everything fresh again');
}

function expectWindowsKept({ api }: Line): void {
  const { worst10s, worstHour, worstFixed10s, worstFixedHour, throttledByWindows } = api.requests();
  expect(Math.max(worst10s, worstFixed10s)).toBeLessThanOrEqual(50);
  expect(Math.max(worstHour, worstFixedHour)).toBeLessThanOrEqual(1000);
  expect(throttledByWindows).toBe(0);
}

const KINDS: Readonly<Record<string, readonly FaultSpec[]>> = {
  'answers that take four seconds, some half a minute': [
    { kind: 'latency', fixedMs: 4_000, tailMedianMs: 2_000, tailSigma: 1.5 },
  ],
  'a 503 every other time': [{ kind: 'status', status: 503, probability: 0.5 }],
  'nothing but 500 from the results back end': [{ kind: 'status', status: 500, form: 'results' }],
  'connections that break before the answer': [{ kind: 'reset', probability: 0.6 }],
  'connections that break within the answer': [{ kind: 'reset', at: 'within', probability: 0.6 }],
  'an API that is down': [{ kind: 'down' }],
  'bodies that drip': [{ kind: 'slow-body', spreadMs: 8_000 }],
  'bodies that never finish in time': [{ kind: 'slow-body', spreadMs: 60_000 }],
  'truncated bodies': [{ kind: 'truncated-body', probability: 0.7 }],
  'a wrong content type': [{ kind: 'content-type' }],
  'a login page instead of JSON': [{ kind: 'html' }],
  'errors inside a 200': [{ kind: 'error-inside', probability: 0.8 }],
  'jobs that never get ready': [{ kind: 'never-ready' }],
  'jobs that end as an error': [{ kind: 'never-ready', ends: 'error' }],
  'jobs that vanish': [{ kind: 'vanish' }],
  '429 without a word when': [{ kind: 'throttled', probability: 0.5 }],
  '429 and when to come back': [
    { kind: 'throttled', retryAfter: 'seconds', retryAfterMs: 30_000, probability: 0.3 },
  ],
  '429 with a date': [
    { kind: 'throttled', retryAfter: 'date', retryAfterMs: 20_000, probability: 0.3 },
  ],
  '429 with nonsense': [{ kind: 'throttled', retryAfter: 'garbage', probability: 0.2 }],
  'tokens that die early': [{ kind: 'token-dies', afterMs: 20_000 }],
  'credentials that are refused and tokens that die': [
    { kind: 'credentials-refused' },
    { kind: 'token-dies', afterMs: 1_000 },
  ],
  'everything locked': [{ kind: 'locked' }],
  'counts that fall': [{ kind: 'falling-counts', share: 0.4 }],
  'an API whose clock is five minutes ahead': [{ kind: 'clock-off', offsetMs: 5 * MINUTE_MS }],
  'an API whose clock is five minutes behind': [{ kind: 'clock-off', offsetMs: -5 * MINUTE_MS }],
  'fractions instead of percent': [{ kind: 'rate-unit', unit: 'fraction' }],
  'the original under 0': [{ kind: 'reference-key', key: '0' }],
  'the original under origin': [{ kind: 'reference-key', key: 'origin' }],
  'converted visits for converted people': [{ kind: 'converted-visits' }],
  'fixed windows': [{ kind: 'fixed-windows' }],
  'an API that counts down in its headers': [{ kind: 'rate-headers', style: 'ratelimit' }],
};

describe('a fault of the API', () => {
  it.each(Object.entries(KINDS))(
    'leaves the last picture with its age and cause, and is over soon after: %s',
    async (_, specs) => {
      const house = await aLivedInLine(3);
      house.line.api.setFaults(specs.map((spec) => ({ ...spec, durationMs: 5 * MINUTE_MS })));
      const isClock = specs.some(({ kind }) => kind === 'clock-off');
      await liveThrough(house, 5 * MINUTE_MS, isClock ? CLOCK_JUMP_MS : 0);
      await expectRecovery(house);
      expectWindowsKept(house.line);
      await house.line.stop();
    },
    120_000,
  );

  it('that is a neighbour who burns half of the hour costs few refusals, and nobody a picture', async () => {
    const house = await aLivedInLine(4);
    house.line.api.setFaults([
      { kind: 'neighbour', hourShare: 0.5, tenSecondsShare: 0.5, durationMs: 40 * MINUTE_MS },
    ]);
    await liveThrough(house, 40 * MINUTE_MS, 2 * PERIOD_MS);
    await expectRecovery(house);
    expect(house.line.api.requests().throttled).toBeLessThanOrEqual(10);
    await house.line.stop();
  }, 120_000);

  it.each([11, 12, 13, 14, 15, 16, 17, 18])(
    'in a mixture of ten minutes (seed %i) does the same',
    async (seed) => {
      const house = await aLivedInLine(seed);
      const { api } = house.line;
      const ids = house.viewers[0]?.pictures().map(({ experiment }) => Number(experiment.id)) ?? [];
      api.setFaults(toMixture(seed, 10 * MINUTE_MS, { experimentIds: ids }), { seed });
      await liveThrough(house, 10 * MINUTE_MS, CLOCK_JUMP_MS);
      await expectRecovery(house);
      expectWindowsKept(house.line);
      await house.line.stop();
    },
    180_000,
  );
});
