import { describe, expect, it } from 'vitest';
import { formatsFor } from '@/lib/core/words/formats';
import { createPlainWords } from '@/lib/core/words/say';
import { sinceVisit, toVisit } from '@/lib/core/words/since-visit';
import type { Reading } from '@/lib/core/live/reading';
import {
  aCall,
  aHealth,
  aReading,
  anArm,
  aVerdict,
  DAY_MS,
  id,
  lifted,
  NOW_MS,
} from '@/tests/builders/reading';

const formats = formatsFor('en', 'UTC');
const plain = createPlainWords('en');

const open = (lift: number): Reading =>
  aReading({ analysis: { arms: [anArm(0), lifted(1, lift, -2, 10)] } });
const won = aReading({
  analysis: {
    arms: [anArm(0), lifted(1, 6.2, 1, 12, { state: 'winner' })],
    verdict: aVerdict({ state: 'winner', variationId: id(1), winners: [id(1)] }),
    call: aCall(),
  },
});

const line = (before: Reading, now: Reading): string | null => {
  const visit = toVisit(before, NOW_MS - 7 * DAY_MS);
  const phrase = visit && sinceVisit(visit, now, formats, NOW_MS);
  return phrase && plain(phrase);
};

describe('what changed since the last visit', () => {
  it('says a call with the lift then and now', () => {
    expect(line(open(4.1), won)).toBe(
      'Since you looked on 12 May, 10:00: called; lift of Redesign 1 was +4.1%, now +6.2%.',
    );
  });

  it('says nothing where only figures moved, or nothing was read then', () => {
    expect(line(open(4.1), open(5.9))).toBeNull();
    expect(line(won, won)).toBeNull();
    expect(toVisit(aReading({ analysis: null }), NOW_MS)).toBeNull();
  });

  it('says that data became unhealthy, and gives no lift beside it', () => {
    const broken = aReading({
      analysis: {
        ...won.analysis,
        health: aHealth({ split: [] }),
        verdict: aVerdict({ state: 'blocked' }),
      },
    });
    expect(line(won, broken)).toBe('Since you looked on 12 May, 10:00: the data became unhealthy.');
    expect(line(broken, won)).toMatch(/healthy again\.$/);
  });

  it('says that a call was withdrawn, shaken or confirmed', () => {
    const withdrawn = aReading({
      analysis: {
        ...open(1).analysis,
        call: aCall({ withdrawn: { atMs: NOW_MS - DAY_MS, reason: { kind: 'fell-back' } } }),
      },
    });
    expect(line(won, withdrawn)).toMatch(/the call was withdrawn/);
    const shaken = aReading({
      analysis: { ...won.analysis, call: aCall({ shakenAtMs: NOW_MS - DAY_MS }) },
    });
    expect(line(won, shaken)).toMatch(/the call was shaken/);
    const fresh = aReading({ analysis: { ...won.analysis, call: aCall({ confirmedAtMs: null }) } });
    expect(line(fresh, won)).toMatch(/the call was confirmed/);
  });

  it('says that it was paused, stopped or runs again', () => {
    const paused = aReading({ experiment: { status: 'paused' } });
    expect(line(aReading(), paused)).toMatch(/it was paused\.$/);
    expect(line(paused, aReading())).toMatch(/it runs again\.$/);
  });
});
