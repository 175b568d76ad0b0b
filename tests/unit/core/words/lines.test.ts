import { describe, expect, it } from 'vitest';
import { PROBLEM_CODES, toProblem } from '@/lib/core/problem/problem';
import { toClocks } from '@/lib/core/words/clocks';
import { formatsFor } from '@/lib/core/words/formats';
import { toHealthLine } from '@/lib/core/words/health-line';
import { problemInWords } from '@/lib/core/words/problem-words';
import { toRowLine } from '@/lib/core/words/row-line';
import { createPlainWords } from '@/lib/core/words/say';
import { aHealth, aReading, aVerdict, DAY_MS, id, NOW_MS } from '@/tests/builders/reading';
import { STATES } from '@/tests/builders/states';

const formats = formatsFor('en', 'UTC');
const plain = createPlainWords('en');

describe('formats', () => {
  it('signs a change with a true minus sign and never signs zero', () => {
    expect(formats.signedPercent(0.176)).toBe('+17.6%');
    expect(formats.signedPercent(-0.116)).toBe('−11.6%');
    expect(formats.signedPercent(-1e-10)).toBe('0.0%');
    expect(formats.points(0.0073)).toBe('+0.7 pp');
  });

  it('names the year only when it is another one', () => {
    expect(formats.day(Date.UTC(2026, 4, 9), NOW_MS)).toBe('9 May');
    expect(formats.day(Date.UTC(2025, 4, 9), NOW_MS)).toBe('9 May 2025');
  });

  it('names the zone with an exact time', () => {
    expect(formatsFor('en', 'Europe/Paris').exact(Date.UTC(2026, 4, 12, 12, 5, 33))).toBe(
      '12 May 2026, 14:05:33 (Europe/Paris)',
    );
  });

  it('rounds ages down to whole units', () => {
    expect([42_000, 61_000, 3 * 3_600_000, 6 * DAY_MS].map(formats.duration)).toEqual([
      '42 s',
      '1 min',
      '3 h',
      '6 days',
    ]);
  });
});

describe('the two clocks', () => {
  const said = (change: Parameters<typeof aReading>[0]) => {
    const { data, next } = toClocks(aReading(change), NOW_MS, formats);
    return [plain(data.words), next && plain(next.words)];
  };

  it('tells every freshness apart in words', () => {
    expect(said({})).toEqual(['Data 42 s old', 'Next reading in 18 s']);
    expect(said({ freshness: { isReading: true } })[1]).toBe('Reading now');
    expect(said({ freshness: { state: 'throttled', nextReadingAtMs: NOW_MS + 250_000 } })[1]).toBe(
      'Waiting for budget, about 4 min',
    );
    expect(
      said({
        freshness: {
          state: 'failed',
          asOfMs: Date.UTC(2026, 4, 19, 9, 12),
          problem: toProblem('upstream-unreachable', 'x', { retryAtMs: NOW_MS + 30_000 }),
        },
      })[1],
    ).toBe('Not reached since 09:12, trying again in 30 s');
    expect(said({ freshness: { asOfMs: Date.UTC(2026, 4, 19, 7, 12) } })[0]).toBe(
      'Stale: data from 07:12',
    );
    expect(said({ freshness: { nextReadingAtMs: NOW_MS - 1 } })[1]).toBe('Next reading due now');
    expect(
      said({
        experiment: { status: 'paused' },
        freshness: { state: 'at-rest', asOfMs: Date.UTC(2026, 4, 9) },
      }),
    ).toEqual(['Paused, last data 9 May', null]);
    expect(
      said({
        experiment: { status: 'paused', statusChangedAtMs: Date.UTC(2026, 4, 9) },
        freshness: { state: 'at-rest', asOfMs: NOW_MS },
      }),
    ).toEqual(['Paused, last data 9 May', null]);
  });
});

describe('the health line', () => {
  const said = (reading: Parameters<typeof toHealthLine>[0]) => {
    const line = toHealthLine(reading, formats, NOW_MS);
    return [plain(line.word), ...line.parts.map(plain)];
  };

  it('says what was checked', () => {
    expect(said(STATES.winner)).toEqual([
      'Healthy',
      'traffic split as configured',
      'counts people, not visits',
      'no gap in the data',
    ]);
  });

  it('puts the failing check first and counts the others', () => {
    expect(said(STATES.blocked)).toEqual([
      'Unhealthy',
      'traffic split broken: 54% / 46% instead of 50% / 50%',
      '3 other checks passed',
    ]);
  });

  it('shows a split so near that whole percents would hide it', () => {
    const near = aReading({
      analysis: {
        health: aHealth({
          split: [
            { kind: 'split-broken', p: 0.001, configured: [0.5, 0.5], observed: [0.503, 0.497] },
          ],
        }),
      },
    });
    expect(said(near)[1]).toBe('traffic split broken: 50.3% / 49.7% instead of 50.0% / 50.0%');
  });
});

it('has one line for every state of the list', () => {
  const lines = Object.fromEntries(
    Object.entries(STATES).map(([state, reading]) => [
      state,
      plain(toRowLine(reading, NOW_MS, formats)),
    ]),
  );
  expect(lines).toMatchObject({
    winner: 'Redesign 1 beats all the others',
    severalWinners: 'Photo and Video beat Original, neither beats the other',
    harm: 'After tax loses since 17 May; consider stopping it',
    loserAside: 'Short form loses, −14.0%; the others are undecided',
    noDifference: 'Within ±1% of Original after 1.2M people',
    fewCounts: '410 more people until the first interval, about 23 h',
    fewDays: 'Short is ahead; a winner needs 7 full days, 2 to go',
    inconclusive: 'A loss and a gain are both still possible',
    blocked: 'Traffic split broken: 54% / 46% instead of 50% / 50%',
    stopped: 'Stopped 9 May, nothing called',
    paused: 'Paused 9 May; Redesign 1 wins',
    draft: 'Not started',
    waiting: 'The first figures are on their way',
  });
});

it('says every problem, what comes next and when', () => {
  for (const code of PROBLEM_CODES) {
    const words = problemInWords(toProblem(code, 'x'), formats, NOW_MS);
    expect(plain(words.title)).toMatch(/\.$/);
    expect(plain(words.next)).toMatch(/\.$/);
  }
  const again = problemInWords(
    toProblem('upstream-throttled', 'x', { retryAtMs: NOW_MS + 30_000 }),
    formats,
    NOW_MS,
  ).again;
  expect(again && plain(again)).toBe('Tried again in 30 s.');
  const alone = problemInWords(
    toProblem('upstream-unreachable', 'x', { retryAtMs: NOW_MS + 400 }),
    formats,
    NOW_MS,
  );
  expect([plain(alone.next), alone.again]).toEqual(['Tried again in 1 s.', null]);
});

describe('the line of what is at rest', () => {
  const said = (verdict: Parameters<typeof aVerdict>[0]): string =>
    plain(
      toRowLine(
        aReading({
          experiment: { status: 'stopped', endedAtMs: Date.UTC(2026, 4, 9) },
          analysis: { verdict: aVerdict(verdict) },
        }),
        NOW_MS,
        formats,
      ),
    );

  it('never says "nothing called" of what ended with a result', () => {
    expect(said({ state: 'several-winners', winners: [id(1), id(3)] })).toBe(
      'Stopped 9 May; Redesign 1 and Short form win',
    );
    expect(said({ state: 'loser', losers: [id(1), id(2)] })).toBe(
      'Stopped 9 May; Redesign 1 and Redesign 2 lose',
    );
    expect(said({ state: 'no-difference' })).toBe('Stopped 9 May; no difference that matters');
    expect(said({ state: 'inconclusive' })).toBe('Stopped 9 May, nothing called');
  });
});
