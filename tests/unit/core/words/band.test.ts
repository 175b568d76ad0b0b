import { describe, expect, it } from 'vitest';
import { formatsFor } from '@/lib/core/words/formats';
import { createPlainWords } from '@/lib/core/words/say';
import { toBand } from '@/lib/core/words/band';
import type { Reading } from '@/lib/core/live/reading';
import { aHealth, aReading, aVerdict, id, lifted, anArm, NOW_MS } from '@/tests/builders/reading';
import { LIFE } from '@/tests/builders/life-states';
import { STATES } from '@/tests/builders/states';

const formats = formatsFor('en', 'UTC');
const plain = createPlainWords('en');

/** The whole band as a reader would say it. */
function said(reading: Reading) {
  const band = toBand(reading, NOW_MS, formats);
  return {
    tags: band.tags.map((tag) => plain(tag.words)),
    shapes: band.tags.map((tag) => tag.shape),
    fill: band.fill,
    headline: plain(band.headline),
    sentence: band.sentence && plain(band.sentence),
    context: band.context && plain(band.context),
    facts: band.facts.map(({ label, text }) => [plain(label), plain(text)]),
  };
}

describe('the band says what a product manager can repeat', () => {
  it('names the winner, by how much, on what and between what', () => {
    expect(said(STATES.winner)).toEqual({
      tags: ['Winner'],
      shapes: ['up'],
      fill: 'win',
      headline: 'Redesign 1 wins',
      sentence: '+17.6% on Insurance subscription, between +5.1% and +31.5%.',
      context: 'It also beats Redesign 2 and Short form. This holds however often you look.',
      facts: [
        ['Since when', 'Called 12 May, 14:05 (day 14), confirmed 13 May'],
        [
          'What would change this call',
          'A broken traffic split, or a lift that falls back near zero. The call would then be marked withdrawn, never erased.',
        ],
      ],
    });
  });

  it('says that a call is not yet confirmed', () => {
    expect(said(STATES.unconfirmed).facts[0]).toEqual([
      'Since when',
      'Called 12 May, 14:05 (day 14), not yet confirmed',
    ]);
  });

  it('does not list others where there is only one variation', () => {
    const pair = aReading({
      analysis: {
        arms: [anArm(0), lifted(1, 18.4, 6.1, 31.9)],
        verdict: aVerdict({
          state: 'winner',
          variationId: id(1),
          reasons: [{ kind: 'beats-all', others: [id(0)] }],
        }),
      },
    });
    expect(said(pair).context).toBe('This holds however often you look.');
    expect(said(pair).facts[0]?.[1]).toBe('Called at this reading');
  });

  it('tells several winners apart by their own interval, never by a time', () => {
    expect(said(STATES.severalWinners)).toMatchObject({
      shapes: ['two-up'],
      headline: 'Photo and Video both win',
      sentence: '+9.2% and +7.9% on Appointment booked against Original.',
      context: 'Neither beats the other; either is a good choice.',
    });
    expect(said(STATES.severalWinners).facts[1]).toEqual([
      'What would tell them apart',
      'More data. Photo against Video is −2.1% to +4.9%.',
    ]);
  });

  it('says what harm costs a day and what to do', () => {
    expect(said(STATES.harm)).toMatchObject({
      tags: ['Harm'],
      fill: 'harm',
      headline: 'After tax loses',
      sentence: '−11.6% on Order placed, between −19.8% and −3.1%.',
      context:
        'About 34 conversions a day lost at this traffic, between 9 and 58. Consider stopping it.',
    });
  });

  it('names a loser beside an undecided state without a tint', () => {
    const band = toBand(STATES.loserAside, NOW_MS, formats);
    expect(band.fill).toBe('open');
    expect(band.asides.map(({ words }) => plain(words))).toEqual([
      'Short form loses, −14.0%, between −22.4% and −4.8%.',
    ]);
  });

  it('says that no variation matters', () => {
    expect(said(STATES.noDifference)).toMatchObject({
      headline: 'No variation matters here',
      sentence: 'Between −0.7% and +0.9% on Contact form sent.',
      context: 'That is within the ±1% set as too small to matter.',
    });
  });

  it('shows no lift below the counts and says how many people are missing', () => {
    expect(said(STATES.fewCounts)).toMatchObject({
      shapes: ['ring'],
      headline: 'Too early to show a lift',
      sentence: '410 more people until the first interval.',
      facts: [
        ['Reached so far', '63% of the minimum counts'],
        ['About when', 'In about 23 h, at the traffic so far'],
      ],
    });
    expect(JSON.stringify(said(STATES.fewCounts))).not.toMatch(/[+−]\d/);
  });

  it('says that nobody has converted yet', () => {
    expect(said(STATES.noConversions).sentence).toBe(
      'No conversions yet. 1,204 people seen since 27 Apr.',
    );
  });

  it('waits for seven days before a winner', () => {
    expect(said(STATES.fewDays)).toMatchObject({
      tags: ['Collecting, 5 of 7 days'],
      headline: 'Too early to call',
      sentence: 'Short is ahead on Account opened, between +1.2% and +29.0%.',
      context: 'A winner needs 7 full days, so that each weekday counts once.',
    });
    expect(said(STATES.fewDays).facts[0]).toEqual(['Still missing', '2 days, until 21 May, 09:59']);
  });

  it('leaves the undecided undecided', () => {
    expect(said(STATES.inconclusive)).toMatchObject({
      shapes: ['diamond'],
      fill: 'open',
      headline: 'Not decided yet',
      sentence: '+2.4% on Order placed, between −3.9% and +9.1%.',
      context: 'A loss and a gain are both still possible.',
    });
  });

  it('says a half-line as one', () => {
    expect(said(STATES.halfLine).sentence).toBe(
      '+42.0% on Order placed, at least −8.0%, with no upper limit yet.',
    );
  });

  it('blocks on a broken split and says what would lift it', () => {
    expect(said(STATES.blocked)).toMatchObject({
      shapes: ['octagon'],
      fill: 'warn',
      headline: 'No call while the split is broken',
      sentence: '54% / 46% instead of 50% / 50%.',
      facts: [
        ['Chance of such a gap by accident', 'Less than 1 in 10,000'],
        ['What would lift the block', 'Repair the split, then start a new period from that day.'],
      ],
    });
  });

  it('gives no verdict for a bandit', () => {
    expect(said(STATES.bandit)).toMatchObject({
      headline: 'No verdict for a bandit',
      sentence: 'The split follows the results, so the variations cannot be compared fairly.',
    });
  });

  it('says when a win is too small to matter', () => {
    expect(said(STATES.tooSmall)).toMatchObject({
      headline: 'Redesign 1 wins, by too little to matter',
      context: 'The whole interval lies within the ±1% set as too small to matter.',
    });
  });

  it('never lets another goal than the main one win', () => {
    expect(said(STATES.exploratory)).toMatchObject({
      headline: 'Explored, not judged',
      fill: 'open',
    });
  });

  it('keeps the last verdict of a paused experiment and says so', () => {
    expect(said(STATES.paused)).toMatchObject({
      tags: ['Winner', 'Paused 9 May'],
      headline: 'Redesign 1 wins',
      context: 'Paused 9 May. Nothing new is counted.',
      facts: [
        ['Since when', 'Called 12 May, 14:05 (day 14), confirmed 13 May'],
        ['Last data', '9 May, 12:00 (UTC)'],
      ],
    });
  });

  it('ends the data where an experiment was stopped, however late it was read', () => {
    const stopped = aReading({
      experiment: { status: 'stopped', endedAtMs: Date.UTC(2026, 4, 9, 12) },
      freshness: { state: 'at-rest', asOfMs: NOW_MS },
    });
    expect(said(stopped).facts[1]).toEqual(['Last data', '9 May, 12:00 (UTC)']);
  });

  it('asks for a new period, not for a repair, where a person changed the split', () => {
    const changed = aReading({
      analysis: {
        verdict: aVerdict({
          state: 'blocked',
          reasons: [{ kind: 'split-changed', atMs: Date.UTC(2026, 4, 9) }],
        }),
      },
    });
    expect(said(changed).facts[1]).toEqual([
      'What would lift the block',
      'A new period that starts on the day of the change.',
    ]);
  });

  it('never lets a win at another certainty or against another arm go without saying so', () => {
    const asked = (more: Parameters<typeof aReading>[0]): string | null => {
      const phrase = toBand(aReading(more), NOW_MS, formats).asked;
      return phrase && plain(phrase);
    };
    const arms = STATES.winner.analysis!.arms;
    expect(asked({ analysis: { arms } })).toBeNull();
    expect(asked({ analysis: { arms, confidenceLevel: 0.8 } })).toBe('at 80% certainty');
    expect(asked({ analysis: { arms, referenceId: id(2) } })).toBe('against Redesign 2');
    expect(asked({ analysis: { arms, referenceId: id(2), confidenceLevel: 0.99 } })).toBe(
      'at 99% certainty, against Redesign 2',
    );
    expect(asked({ analysis: null })).toBeNull();
  });

  it('has words for a draft and for what was not read yet', () => {
    expect(said(STATES.draft).headline).toBe('Not started yet');
    expect(said(STATES.waiting).headline).toBe('Not read yet');
  });
});

describe('what must never happen', () => {
  it('never tints old data as a win, and says of when they are', () => {
    const band = toBand(STATES.stale, NOW_MS, formats);
    expect(band.fill).toBe('stale');
    expect(band.tags[0]?.tone).toBe('quiet');
    expect(band.asOf && plain(band.asOf)).toBe('as of 07:12');
  });

  it('never shows a winner on unhealthy data, whatever the verdict says', () => {
    const broken = aReading({
      analysis: {
        ...STATES.winner.analysis,
        health: aHealth({ data: [{ kind: 'counts-fell', variationId: id(1) }] }),
      },
    });
    expect(said(broken)).toMatchObject({
      fill: 'warn',
      headline: 'No call while counts fall',
      sentence: 'Redesign 1 has fewer people than at an earlier reading.',
      context: 'The call of 12 May does not stand meanwhile. Figures below are shown, not judged.',
    });
  });

  it('never takes back a call because zero came back', () => {
    expect(said(LIFE.crossing)).toMatchObject({
      fill: 'win',
      headline: 'Redesign 1 wins',
      sentence: '+8.2% on Insurance subscription, between −0.4% and +17.6%.',
      context: 'The interval meets zero again at the moment, which is ordinary; the call stays.',
    });
  });

  it('keeps the verb in sight after a name of eighty characters', () => {
    const name = 'x'.repeat(80);
    const { headline } = said({
      ...STATES.winner,
      experiment: {
        ...STATES.winner.experiment,
        variations: STATES.winner.experiment.variations.map((each) => ({ ...each, name })),
      },
    });
    expect(headline).toBe(`${'x'.repeat(43)}… wins`);
  });

  it('gives every state two facts and a headline in one zone as in another', () => {
    const tokyo = formatsFor('en', 'Asia/Tokyo');
    for (const reading of [...Object.values(STATES), ...Object.values(LIFE)]) {
      const band = toBand(reading, NOW_MS, tokyo);
      expect(plain(band.headline)).not.toBe('');
      expect(band.facts.map(({ text }) => plain(text)).join()).not.toMatch(/NaN|undefined|null/);
    }
    expect(plain(toBand(STATES.winner, NOW_MS, tokyo).facts[0].text)).toBe(
      'Called 12 May, 23:05 (day 14), confirmed 13 May',
    );
  });
});
