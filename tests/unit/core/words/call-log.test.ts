import { describe, expect, it } from 'vitest';
import { toCallLog } from '@/lib/core/words/call-log';
import { formatsFor } from '@/lib/core/words/formats';
import { createPlainWords } from '@/lib/core/words/say';
import type { Reading } from '@/lib/core/live/reading';
import { LIFE } from '@/tests/builders/life-states';
import { aCall, aReading, anArm, anEvent, NOW_MS } from '@/tests/builders/reading';
import { STATES } from '@/tests/builders/states';

const formats = formatsFor('en', 'UTC');
const plain = createPlainWords('en');

function told(reading: Reading) {
  const log = toCallLog(reading, formats, NOW_MS);
  return log?.entries.map(({ moment, said, why, counts, lift, isStruck }) => ({
    moment,
    said: plain(said),
    why: why && plain(why),
    counts: counts && plain(counts),
    lift: lift && plain(lift),
    isStruck,
  }));
}

describe('the record of calls', () => {
  it('keeps every event of a withdrawn call, newest first, struck but told', () => {
    const entries = told(LIFE.withdrawn);
    expect(entries?.map(({ said, isStruck }) => [said, isStruck])).toEqual([
      ['The call for Redesign 1 withdrawn', false],
      ['Redesign 1 shaken: a single look would no longer show a difference', true],
      ['Redesign 1 confirmed: it held at every look for a whole day', true],
      ['Redesign 1 called: wins', true],
    ]);
    expect(entries?.[0]?.why).toBe('The lift fell back near zero after 18 May');
  });

  it('gives the numbers each event was made on', () => {
    expect(told(LIFE.withdrawn)?.at(-1)).toMatchObject({
      moment: '12 May, 14:05',
      counts: '1,065 of 21,977 against 904 of 21,940',
      lift: '+17.6%, between +5.1% and +31.5% (98.3% for this comparison alone)',
    });
  });

  it('says of a final call that the planned end made it, and of a settled one that it did not', () => {
    expect(told(LIFE.final)?.[0]?.said).toBe('Redesign 1 called: wins, at the planned end');
    expect(told(LIFE.settled)?.at(-1)?.said).toBe('Redesign 1 called: wins');
  });

  it('tells of a settled call when the planned end kept it, and with which figures', () => {
    const entries = told(LIFE.settled);
    expect(entries?.[0]).toMatchObject({
      moment: '17 May, 12:00',
      said: 'Redesign 1 settled at the planned end: wins',
      lift: expect.stringMatching(/^\+16\.0%, between \+6\.1% and \+27\.2%/) as unknown,
    });
    expect(told(LIFE.final)).toHaveLength(1);
  });

  it('tells a call that was kept without its events by its moments, and says what is missing', () => {
    const entries = told(STATES.winner);
    expect(entries?.map(({ said }) => said)).toEqual([
      'Redesign 1 confirmed: it held at every look for a whole day',
      'Redesign 1 called: wins',
    ]);
    expect(entries?.[0]?.counts).toBe('its figures were not kept');
  });

  it('says that a winner beats the others only where there are others', () => {
    const call = aCall({
      events: [anEvent('called', NOW_MS, 9, 1, 18), anEvent('best', NOW_MS, 9, 1, 18)],
    });
    const of = (arms: number): readonly string[] | undefined =>
      told(
        aReading({
          analysis: {
            arms: [0, 1, 2].slice(0, arms).map((place) => anArm(place)),
            call,
            calls: [call],
          },
        }),
      )?.map(({ said }) => said);
    expect(of(2)).toEqual(['Redesign 1 called: wins']);
    expect(of(3)).toHaveLength(2);
  });

  it('is not there where nothing was ever called', () => {
    expect(toCallLog(aReading(), formats, NOW_MS)).toBeNull();
  });
});
