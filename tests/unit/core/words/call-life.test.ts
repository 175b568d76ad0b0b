import { describe, expect, it } from 'vitest';
import { toBand } from '@/lib/core/words/band';
import { formatsFor } from '@/lib/core/words/formats';
import { toHealthLine } from '@/lib/core/words/health-line';
import { toRowLine } from '@/lib/core/words/row-line';
import { createPlainWords } from '@/lib/core/words/say';
import { groupOf } from '@/lib/core/words/standing';
import { toJudged } from '@/lib/core/words/display-state';
import type { Verdict } from '@/lib/core/analysis/analysis';
import type { Reading } from '@/lib/core/live/reading';
import { LIFE } from '@/tests/builders/life-states';
import { aReading, aVerdict, NOW_MS } from '@/tests/builders/reading';

const formats = formatsFor('en', 'UTC');
const plain = createPlainWords('en');

function said(reading: Reading) {
  const band = toBand(reading, NOW_MS, formats);
  const [tag] = band.tags;
  return {
    tag: tag && plain(tag.words),
    shape: tag?.shape,
    tone: tag?.tone,
    wordTone: tag?.wordTone,
    fill: band.fill,
    headline: plain(band.headline),
    sentence: band.sentence && plain(band.sentence),
    context: band.context && plain(band.context),
    basis: band.basis.map(plain),
    asides: band.asides.map(({ words }) => plain(words)),
    facts: band.facts.map(({ label, text }) => [plain(label), plain(text)]),
  };
}

const line = (reading: Reading): string => plain(toRowLine(reading, NOW_MS, formats));

describe('a shaken call', () => {
  it('keeps its tint and its name, and says in its tag since when it is shaken', () => {
    expect(said(LIFE.shaken)).toMatchObject({
      tag: 'Winner, shaken 18 May',
      shape: 'up-struck',
      tone: 'win',
      wordTone: 'warn',
      fill: 'win',
      headline: 'Redesign 1 wins',
      context:
        'Since 18 May a single look would no longer show a difference. The call stays unless it falls back further for a whole day.',
    });
    expect(said(LIFE.shaken).facts[0]).toEqual([
      'Since when',
      'Called 12 May, 14:05 (day 14), confirmed 13 May, shaken 18 May',
    ]);
    expect(line(LIFE.shaken)).toBe('Redesign 1 wins, shaken since 18 May');
  });
});

describe('a withdrawn call', () => {
  it('is said to be withdrawn, with what is now, why, and what it was', () => {
    expect(said(LIFE.withdrawn)).toMatchObject({
      tag: 'Withdrawn 19 May',
      shape: 'diamond-struck',
      fill: 'warn',
      headline: 'The call for Redesign 1 is withdrawn',
      sentence: 'Now +4.0% on Insurance subscription, between −2.8% and +11.3%.',
      context: 'It was called on 12 May, at +17.6%, between +5.1% and +31.5%.',
      facts: [
        ['Why', 'The lift fell back near zero after 18 May'],
        ['What stays', 'The call and its figures on that day, in the record below.'],
      ],
    });
    expect(line(LIFE.withdrawn)).toBe(
      'The call for Redesign 1 is withdrawn: it fell back near zero',
    );
  });

  it('gives the reason that it has', () => {
    expect(said(LIFE.withdrawnUnit).facts[0]?.[1]).toBe(
      'The counts turned out to count visits, not people',
    );
  });

  it('stands among what is to be acted on, so that whoever followed it hears of it', () => {
    expect(groupOf(toJudged(LIFE.withdrawn))).toBe('act-now');
  });

  it('loses its tint on old data', () => {
    expect(said(LIFE.withdrawnStale)).toMatchObject({ fill: 'stale', tone: 'quiet' });
  });

  it('is no longer in the headline once something else is called', () => {
    const { analysis } = LIFE.withdrawn;
    const again = aReading({
      analysis: { ...analysis!, verdict: LIFE.shaken.analysis!.verdict },
    });
    expect(said(again).headline).toBe('Redesign 1 wins');
  });
});

describe('a call of the planned end', () => {
  it('is final: only a broken split would change it', () => {
    const { facts, context } = said(LIFE.final);
    expect(facts[0]?.[1]).toBe('Decided at the planned end, 12 May, 14:05 (day 14)');
    expect(facts[1]?.[1]).toMatch(/^Only a broken traffic split\./);
    expect(context).toBe(
      'These are the figures of the planned end; what is counted later does not change them.',
    );
    expect(line(LIFE.final)).toBe('Redesign 1 beats all the others, decided at the planned end');
  });

  it('keeps the date it was called on before, and says when it was settled', () => {
    expect(said(LIFE.settled).facts[0]?.[1]).toBe(
      'Called 12 May, 14:05 (day 14), settled at the planned end, 17 May',
    );
  });
});

describe('what stands beside a verdict', () => {
  it('names a call of an earlier period without letting it stand', () => {
    expect(said(LIFE.earlierPeriod)).toMatchObject({
      headline: 'Not decided yet',
      context:
        'Redesign 1 was called on 12 May, on the counts of an earlier period. These begin anew.',
    });
  });

  it('names first visits wherever the basis is named', () => {
    expect(said(LIFE.firstVisits).basis).toEqual(['first visits only']);
    const health = toHealthLine(LIFE.firstVisits, formats, NOW_MS);
    expect(health.parts.map(plain)).toContain('first visits only');
    expect(health.checks.map(({ detail }) => plain(detail)).join(' ')).toContain(
      'Only first visits of people who are new to the site are judged',
    );
  });

  it('names since when it is counted, where a changed split begins it anew', () => {
    const changed = (more: Partial<Verdict> = {}, sinceMs: number | null = null): Reading =>
      aReading({
        experiment: { splitChangedAtMs: Date.UTC(2026, 4, 9) },
        analysis: { verdict: aVerdict(more), sinceMs },
      });
    const judged = changed({}, Date.UTC(2026, 4, 9));
    expect(said(judged).basis).toEqual(['counted since the split changed, 9 May']);
    expect(line(judged)).toBe(
      'Counted since the split changed on 9 May; a loss and a gain are both still possible',
    );
    const blocked = changed({
      state: 'blocked',
      reasons: [{ kind: 'split-changed', atMs: Date.UTC(2026, 4, 9) }],
    });
    expect(said(blocked).basis).toEqual([]);
  });

  it('says which variations joined late', () => {
    expect(said(LIFE.armsChanged)).toMatchObject({
      headline: 'No verdict across changed variations',
      sentence:
        "Short form joined after the start: counts of another time cannot be held against the others'.",
    });
  });

  it('warns of a harmed guardrail and of no other, under the winner and in the list', () => {
    expect(said(LIFE.guardrail)).toMatchObject({
      fill: 'win',
      asides: ['Guardrail Quote asked: Redesign 1 is worse, +12.0%, between +2.1% and +23.1%.'],
    });
    expect(line(LIFE.guardrail)).toBe(
      'Redesign 1 wins, but guardrail Quote asked is worse, +12.0%',
    );
  });

  it('gives each loser its own day', () => {
    expect(said(LIFE.losersAside).asides).toEqual([
      'Redesign 2 loses, −9.0%, between −16.0% and −1.8%, called 16 May.',
      'Short form loses, −14.0%, between −22.4% and −4.8%, called 14 May.',
    ]);
  });

  it('gives each of several winners its own day', () => {
    expect(said(LIFE.severalCalled).facts[0]?.[1]).toBe(
      'Photo 9 May, Video 11 May, both confirmed',
    );
  });
});

describe('a goal of which less is better', () => {
  it('wins by a drop, and says so', () => {
    expect(said(LIFE.lowerWinner)).toMatchObject({
      headline: 'Redesign 1 wins',
      sentence: '−12.0% on Insurance subscription, between −19.4% and −4.1%.',
      context: 'Lower is better here. This holds however often you look.',
    });
    expect(said(LIFE.lowerWinner).facts[1]?.[1]).toMatch(/or a drop that falls back near zero/);
  });

  it('is harmed by a rise: the highest is the worst, and costs what it adds', () => {
    expect(said(LIFE.lowerHarm)).toMatchObject({
      fill: 'harm',
      headline: 'Redesign 1 and Redesign 2 both lose',
      sentence:
        'The worst, Redesign 1: +11.6% on Insurance subscription, between +3.1% and +19.8%.',
      context:
        'About 34 conversions a day too many at this traffic, between 9 and 58. Consider stopping it.',
    });
    expect(said(LIFE.lowerHarm).facts[1]?.[1]).toMatch(/or a rise that falls back near zero/);
  });
});
