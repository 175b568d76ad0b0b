import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { toSentence } from '@/components/experiment/take-away/as-sentence';
import { toCurveCsv, toFiguresCsv } from '@/components/experiment/take-away/take-away-csv';
import { toTakeAway } from '@/components/experiment/take-away/to-take-away';
import { toVariations } from '@/components/experiment/variations-rows';
import type { Reading } from '@/lib/core/live/reading';
import {
  aHealth,
  anArm,
  aReading,
  aVerdict,
  DAY_MS,
  id,
  lifted,
  NOW_MS,
} from '@/tests/builders/reading';
import { STATES } from '@/tests/builders/states';
import { ADDRESS, aPointOf, formats, plain, taken, words } from './a-page';

const WINNER = aReading({
  analysis: {
    verdict: aVerdict({ state: 'winner', variationId: id(1), winners: [id(1)] }),
    arms: [
      anArm(0),
      lifted(1, 17.63, 5.14, 31.52, { state: 'winner' }),
      lifted(2, -3.21, -12, null),
      lifted(3, 0.0004, -9.9, 11),
    ],
  },
});

const read = (csv: string): Record<string, string>[] => parse(csv, { bom: true, columns: true });

const figuresOf = (reading: Reading) => read(toFiguresCsv(toTakeAway(taken(reading)), plain));

describe('what is taken away', () => {
  it('reads back to the figures on screen', () => {
    const shown = toVariations(WINNER.analysis!, words).rows;
    const rows = figuresOf(WINNER);
    expect(rows).toHaveLength(shown.length);
    rows.forEach((row, at) => {
      const on = shown[at]!;
      expect(row['Variation']).toBe(on.name);
      expect(words.figures.count(Number(row['People']))).toBe(on.visitors);
      expect(words.figures.count(Number(row['Conversions']))).toBe(on.conversions);
      expect(words.figures.rate(Number(row['Rate (fraction)']))).toBe(on.rate);
      expect(row['Our reading']).toBe(at === 0 ? '' : at === 1 ? 'Wins' : 'Undecided');
      if (on.isReference) return expect(row['Lift (fraction)']).toBe('');
      expect(words.figures.change(Number(row['Lift (fraction)']))).toBe(on.lift);
      const end = (head: string) => (row[head] === '' ? null : Number(row[head]));
      const interval = {
        lower: end('Lift, lower limit (fraction)'),
        upper: end('Lift, upper limit (fraction)'),
      };
      expect(words.range(interval, words.figures.change)).toBe(on.interval);
      expect(words.figures.reliability(Number(row['Platform’s reliability (fraction)']))).toBe(
        on.platform,
      );
    });
  });

  it('stamps every row with settings, age and method', () => {
    for (const row of figuresOf(WINNER))
      expect(row).toMatchObject({
        Goal: 'Insurance subscription',
        Reference: 'Original',
        'Certainty (fraction)': '0.95',
        'Counted once': 'visitors',
        'Counted from (UTC)': '2026-04-27T10:00:00.000Z',
        'Counted until (UTC)': '2026-05-19T09:59:18.000Z',
        'Age when taken (s)': '42',
        Address: ADDRESS,
        Question: '188400',
      });
    expect(figuresOf(WINNER)[0]?.['Method']).toMatch(/confidence sequence/);
  });

  it('gives the curve as it is drawn, the newest point being the reading', () => {
    const older = aPointOf(WINNER, NOW_MS - 3 * DAY_MS, 0.123456789);
    const rows = read(toCurveCsv(toTakeAway(taken(WINNER, [older])), plain));
    expect(rows).toHaveLength(8);
    expect(rows[1]).toMatchObject({
      'Moment (UTC)': '2026-05-16T10:00:00.000Z',
      Look: 'read back later',
      'People in all': '81234',
      'Lift (fraction)': '0.123456789',
      'Lift, upper limit (fraction)': '',
    });
    expect(rows[5]).toMatchObject({ Look: 'live', 'Lift (fraction)': '0.1763' });
  });

  it('never says of unhealthy data that something wins, in any form', () => {
    const reading = aReading({
      analysis: {
        ...WINNER.analysis,
        health: aHealth({ split: [] }),
        verdict: aVerdict({ state: 'blocked', winners: [id(1)] }),
      },
    });
    const all = toTakeAway(taken(reading, [aPointOf(reading, NOW_MS - DAY_MS, 0.1)]));
    const texts = [
      JSON.stringify(all),
      toFiguresCsv(all, plain),
      toCurveCsv(all, plain),
      toSentence({ reading, nowMs: NOW_MS, formats, plain, address: ADDRESS }),
    ];
    for (const text of texts) expect(text).not.toMatch(/\bwins?\b|\bwinner|\bloses?\b|\bcalled\b/i);
    expect(figuresOf(reading)[1]?.['Our reading']).toBe('Not judged');
    expect(figuresOf(reading)[0]?.['Health']).toBe('unhealthy: shown, not judged');
  });

  it('survives every state the page can have', () => {
    for (const reading of Object.values(STATES)) {
      const all = toTakeAway(taken(reading));
      const text = `${JSON.stringify(all)}${toFiguresCsv(all, plain)}${toCurveCsv(all, plain)}`;
      expect(text).not.toMatch(/NaN|Infinity|undefined|\[object/);
    }
  });
});

describe('the band as a sentence', () => {
  it('carries interval, method, moment and address', () => {
    expect(toSentence({ reading: WINNER, nowMs: NOW_MS, formats, plain, address: ADDRESS })).toBe(
      'Redesign 1 wins. +17.6% on Insurance subscription, between +5.1% and +31.5%. ' +
        'Quote funnel, second redesign, against Original; 95% certainty over all looks together ' +
        `(confidence sequence); data of 19 May 2026, 11:59:18 (Europe/Paris). ${ADDRESS}`,
    );
  });
});
