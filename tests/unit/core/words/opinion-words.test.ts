import { describe, expect, it } from 'vitest';
import type { SecondOpinion } from '@/lib/core/analysis/second-opinion/second-opinion';
import { formatsFor } from '@/lib/core/words/formats';
import { opinionInWords } from '@/lib/core/words/opinion-words';
import { createPlainWords } from '@/lib/core/words/say';
import { aReading, id, NOW_MS } from '@/tests/builders/reading';

const formats = formatsFor('en', 'UTC');
const plain = createPlainWords('en');

const figure = (confidence: number, sides: 1 | 2) => ({ confidence, p: 1 - confidence, sides });
const step = (more: Partial<SecondOpinion['steps'][number]>): SecondOpinion['steps'][number] => ({
  id: 'recount',
  before: null,
  after: null,
  changed: true,
  isRecomputed: true,
  reason: { kind: 'recounted' },
  ...more,
});

const opinion = (more: Partial<SecondOpinion> = {}): SecondOpinion => ({
  variationId: id(1),
  platform: { reliability: 0.972, claim: 'higher' },
  ours: { state: 'inconclusive', p: 1, confidence: 0, claim: 'open' },
  basis: null,
  steps: [
    step({ after: figure(0.972, 1), changed: false }),
    step({ id: 'sides', after: figure(0.944, 2), reason: { kind: 'one-sided' } }),
    step({
      id: 'variations',
      after: figure(0.832, 2),
      reason: { kind: 'comparisons', comparisons: 3 },
    }),
    step({
      id: 'looks',
      after: figure(0, 2),
      reason: { kind: 'every-look', plannedVisitors: 10_000 },
    }),
  ],
  conclusion: { kind: 'platform-surer', claim: 'higher', stepId: 'looks' },
  ...more,
});

const said = (more: Partial<SecondOpinion> = {}) => {
  const {
    figure: says,
    rows,
    conclusion,
  } = opinionInWords(opinion(more), aReading(), formats, NOW_MS, plain);
  return {
    says,
    rows: rows.map(({ name, what, figure: after }) => [plain(name), plain(what), after]),
    conclusion: plain(conclusion),
  };
};

describe('why Kameleoon says what it says', () => {
  it('goes from its figure to ours, one row a step with the figure after it', () => {
    expect(said()).toEqual({
      says: '97.2%',
      rows: [
        ['Its own counts', 'Recomputed from its own counts: the same.', '97.2%'],
        [
          'Direction',
          'It asks only whether the variation is higher. We ask whether it differs, either way.',
          '94.4%',
        ],
        ['Variations', '3 comparisons at once share the chance of a false call.', '83.2%'],
        [
          'Looks',
          'It answers for this one look. We answer for every look that was ever taken or will be.',
          '<0.1%',
        ],
      ],
      conclusion:
        'Kameleoon is surer than we are that Redesign 1 is higher, mostly because its figure answers for one look, and ours for every look.',
    });
  });

  it('never writes 0% or 100%, however sure either is', () => {
    const { says, rows } = said({
      platform: { reliability: 1, claim: 'higher' },
      steps: [step({ after: figure(1, 1) }), step({ after: figure(0, 2) })],
    });
    expect([says, ...rows.map((row) => row[2])]).toEqual(['>99.9%', '>99.9%', '<0.1%']);
  });

  it('has a sentence for every way it can end', () => {
    const ends: SecondOpinion['conclusion'][] = [
      { kind: 'agrees', claim: 'open' },
      { kind: 'agrees', claim: 'lower' },
      { kind: 'platform-surer', claim: 'lower', stepId: null },
      { kind: 'platform-less-sure', claim: 'higher', stepId: 'unit', hasEarlierCall: false },
      { kind: 'platform-less-sure', claim: 'higher', stepId: null, hasEarlierCall: true },
      { kind: 'opposite', ours: 'lower', stepId: 'conversions' },
      { kind: 'cannot-compare', why: 'nothing-judged' },
      { kind: 'cannot-compare', why: 'no-platform-figure' },
    ];
    const sentences = ends.map((conclusion) => said({ conclusion }).conclusion);
    expect(new Set(sentences).size).toBe(ends.length);
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z][^{}]*\.$/);
    expect(sentences[4]).toContain('it was called at an earlier look, and the call stands');
  });

  it('says what a figure was held back for, and gives none where none can be computed', () => {
    const { rows } = said({
      steps: [
        step({ id: 'unit', reason: { kind: 'unit-visits' }, isRecomputed: false }),
        step({ id: 'gates', reason: { kind: 'held-back', state: 'collecting', reasons: [] } }),
      ],
    });
    expect(rows[0]?.[2]).toBeNull();
    expect(rows[1]?.[1]).toContain('seven full days');
  });
});
