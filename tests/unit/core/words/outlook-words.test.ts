import { describe, expect, it } from 'vitest';
import { toBand } from '@/lib/core/words/band';
import { planInWords } from '@/lib/core/words/plan-words';
import { formatsFor } from '@/lib/core/words/formats';
import { gatesInWords } from '@/lib/core/words/outlook-words';
import { createPlainWords } from '@/lib/core/words/say';
import type { Reading } from '@/lib/core/live/reading';
import { aGate, expecting, OUTLOOKS } from '@/tests/builders/outlooks';
import { aReading, DAY_MS, NOW_MS } from '@/tests/builders/reading';

const formats = formatsFor('en', 'UTC');
const plain = createPlainWords('en');

const facts = (reading: Reading): string[][] =>
  toBand(reading, NOW_MS, formats).facts.map(({ label, text }) => [plain(label), plain(text)]);

const gates = (reading: Reading): string[][] => {
  const { outlook } = reading;
  if (outlook === null) throw new Error('no outlook');
  return gatesInWords(outlook, reading, formats, NOW_MS).map(({ what, when }) => [
    plain(what),
    when === null ? '' : plain(when),
  ]);
};

describe('when it will be decided', () => {
  it('is a range of days, with its share and what it rests on', () => {
    expect(facts(OUTLOOKS.range)).toEqual([
      [
        'When it is decided',
        '80%: decided between Thursday 21 May and Tuesday 26 May, if the true effect is the planned 5%',
      ],
      ['What waiting costs', 'One more week costs up to 128 conversions if Redesign 1 is better'],
    ]);
  });

  it('has no end where none is in sight, and never an invented one', () => {
    expect(facts(OUTLOOKS.far)[0]?.[1]).toMatch(
      /^80%: decided after .*perhaps later than 180 days/,
    );
    expect(facts(OUTLOOKS.far)[1]?.[1]).toMatch(/^Next to nothing/);
    expect(facts(OUTLOOKS.never)[0]?.[1]).toBe(
      'Not within 180 days at this traffic, if the true effect is the planned 5%',
    );
  });

  it('names no day without a plan, nor before anything is known', () => {
    expect(facts(OUTLOOKS.noPlan)[0]?.[1]).toBe('No effect was planned, so no day can be named');
    expect(facts(aReading())[0]?.[1]).not.toMatch(/\d/);
    expect(facts(expecting({ arrival: { kind: 'no-traffic' } }))[0]?.[1]).not.toMatch(/\d/);
    expect(facts(expecting({ arrival: { kind: 'no-conversions' } }))[0]?.[1]).not.toMatch(/\d/);
  });

  it('says one day once, and an end alone where it may be today', () => {
    const on = (fromDays: number, toDays: number): string | undefined =>
      facts(
        expecting({
          arrival: {
            kind: 'range',
            share: 0.8,
            earliestMs: NOW_MS + fromDays * DAY_MS,
            medianMs: NOW_MS + fromDays * DAY_MS,
            latestMs: NOW_MS + toDays * DAY_MS,
          },
        }),
      )[0]?.[1];
    expect(on(1, 1.1)).toMatch(/^80%: decided on Wednesday 20 May,/);
    expect(on(-0.1, 3)).toMatch(/^80%: decided by Friday 22 May,/);
  });
});

describe('what holds a call back', () => {
  it('lists what is closed, how much is there, how much is needed, and about when', () => {
    expect(gates(OUTLOOKS.early)).toEqual([
      ['It is not shown yet that people are counted, not visits', 'with one of the next readings'],
      [
        '16 of 25 expected conversions in the smaller variation: 410 more people',
        'about Wednesday 20 May',
      ],
      ['5 of 7 full days', 'about Thursday 21 May'],
    ]);
  });

  it('promises nothing of an interval that holds zero', () => {
    expect(gates(OUTLOOKS.range)).toEqual([
      [
        'The interval still meets zero: the difference is 0.10 pp, and would have to be 0.27 pp',
        'with more people, if there is a difference to find',
      ],
    ]);
  });

  it('rounds what is there as its share is rounded, but never to all of it', () => {
    const counts = (have: number) =>
      gates(expecting({ gates: [aGate({ id: 'counts', have, needed: 25 })] }))[0]?.[0];
    expect(counts(5.94)).toMatch(/^6 of 25 /);
    expect(counts(24.9)).toMatch(/^24 of 25 /);
  });

  it('says of no interval that it meets zero before there is one', () => {
    const closed = expecting({ gates: [aGate({ id: 'interval', opensBy: 'evidence' })] });
    const { analysis } = closed;
    if (analysis === null) throw new Error('no analysis');
    const arms = analysis.arms.map((arm) =>
      arm.comparison === null
        ? arm
        : { ...arm, comparison: { ...arm.comparison, lift: null, liftInterval: null } },
    );
    expect(gates(closed)[0]?.[0]).toBe('The interval still meets zero');
    expect(gates({ ...closed, analysis: { ...analysis, arms } })[0]?.[0]).toBe(
      'An interval that leaves zero, once there is one',
    );
  });

  it('asks for somebody where only somebody can help', () => {
    expect(gates(expecting({ gates: [aGate({ id: 'split', opensBy: 'someone' })] }))).toEqual([
      ['The traffic split is not as configured', 'needs somebody to mend it'],
    ]);
  });
});

describe('what was planned', () => {
  const said = (
    plannedEffect: number | null,
    plannedEnd: number | null,
    isWishRefused = false,
  ): readonly (string | null)[] => {
    const reading = aReading();
    const analysis = reading.analysis!;
    const method = { ...analysis.method, plannedEffect, plannedEnd };
    const plan = { setBy: 'file', frozenAtMs: Date.UTC(2026, 3, 27), isWishRefused } as const;
    const words = planInWords(
      { ...reading, analysis: { ...analysis, method }, plan },
      formats,
      NOW_MS,
    );
    return words === null ? [] : [plain(words.planned), words.refused && plain(words.refused)];
  };

  it('is told with its day, also where it is nothing', () => {
    expect(said(0.1, 60_000)[0]).toBe(
      'Planned before Verdict first looked, 27 Apr: an effect of 10%, and a final look after 60,000 people.',
    );
    expect(said(0.1, null)[0]).toContain('an effect of 10%, no end.');
    expect(said(null, 60_000)[0]).toContain(': a final look after 60,000 people.');
    expect(said(null, null)[0]).toBe('Nothing was planned before Verdict first looked, 27 Apr.');
  });

  it('says that a later wish came too late', () => {
    expect(said(0.1, null, true)[1]).toMatch(/came too late/);
    expect(said(0.1, null)[1]).toBeNull();
  });
});
