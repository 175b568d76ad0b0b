import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { createTranslator } from 'use-intl/core';
import { createFigures } from '@/components/charts/figures';
import { createChartWords } from '@/components/experiment/chart-words';
import { LiftPanel } from '@/components/experiment/lift-panel';
import { RatePanel } from '@/components/experiment/rate-panel';
import { VariationsPanel } from '@/components/experiment/variations-panel';
import { toVariations } from '@/components/experiment/variations-rows';
import { WordsProvider } from '@/components/ui/words-provider';
import { messagesFor } from '@/lib/core/words/messages';
import { createScene, SCENES } from '../charts/scenes';
import type { Scene } from '../charts/scenes';

const ZONE = 'UTC';

/** What a reader of the page can find: tags gone, spaces as one. */
const textOf = (html: string): string =>
  html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll(/[\s\u00a0]+/g, ' ');

const render = (panel: React.ReactNode): string =>
  renderToStaticMarkup(
    <WordsProvider locale="en" timeZone={ZONE}>
      {panel}
    </WordsProvider>,
  );

const lift = ({ reading, curve, nowMs }: Scene) =>
  render(<LiftPanel reading={reading} curve={curve} nowMs={nowMs} timeZone={ZONE} />);
const rate = ({ reading, curve, nowMs }: Scene) =>
  render(<RatePanel reading={reading} curve={curve} nowMs={nowMs} timeZone={ZONE} />);
const variations = ({ reading, nowMs }: Scene) =>
  render(<VariationsPanel reading={reading} nowMs={nowMs} timeZone={ZONE} />);

const rowOf = (html: string, name: string): string =>
  html
    .split('<tr')
    .find((row) => row.includes(`>${name}</bdi>`))
    ?.split('</tr>')[0] ?? '';

describe('lift over time', () => {
  it('has its title, its axis and its newest look before any script has run', () => {
    const text = textOf(lift(SCENES.winner()));
    expect(text).toContain('Lift over time');
    expect(text).toContain('Redesign 1 against Original');
    expect(text).toContain('Original 0');
    expect(text).toContain('Launch, 28 Apr');
    expect(text).toContain('Day 7, 5 May');
    expect(text).toMatch(/Day 22, 20 May, 15:12: \+14\.0%, between \+3\.3% and \+25\.8%/);
  });

  it('says in one sentence what is seen, who leads, the interval and the call', () => {
    const figcaption = /<figcaption[^>]*>(.*?)<\/figcaption>/.exec(lift(SCENES.winner()))?.[1];
    expect(figcaption).toBe(
      'Lift over time against Original. Redesign 1 leads with +14.0%, between +3.3% and +25.8%. Called on day 10, confirmed on day 11.',
    );
  });

  it('draws nothing and gives no figure below the counts gate, but says what is missing', () => {
    const html = lift(SCENES.early());
    expect(textOf(html)).toContain('410 more people until the first interval.');
    expect(textOf(html)).not.toContain('%');
    expect(html).toContain('aria-valuenow="44"');
  });

  it('says so when nobody has converted', () => {
    expect(textOf(lift(SCENES.noConversions()))).toContain(
      'No conversions yet. 1,204 people seen since 28 Apr.',
    );
  });

  it('gives a half-line its words instead of an invented end', () => {
    expect(textOf(lift(SCENES.halfLine()))).toMatch(/at least [−+]\d+\.\d%, no upper limit yet/);
  });

  it('shows blocked figures without a call', () => {
    const blocked = SCENES.blocked();
    const text = textOf(lift(blocked));
    expect(text).toContain('Figures are shown, not judged');
    expect(text).toContain('No call while the figures cannot be trusted.');
  });

  it('waits with a sentence when nothing has been read', () => {
    const { reading, ...rest } = SCENES.winner();
    expect(textOf(lift({ ...rest, reading: { ...reading, analysis: null } }))).toContain(
      'The first reading is under way.',
    );
  });

  it('stands on the live reading alone while the curve is on its way', () => {
    const { reading, nowMs } = SCENES.winner();
    const html = render(
      <LiftPanel reading={reading} curve={undefined} nowMs={nowMs} timeZone={ZONE} />,
    );
    expect(textOf(html)).toContain('+14.0%, between +3.3% and +25.8%');
  });
});

describe('conversion rate over time', () => {
  it('names its interval "at this moment"', () => {
    const text = textOf(rate(SCENES.winner()));
    expect(text).toContain('95% interval at this moment, no promise under repeated looks');
    expect(text).toMatch(/4\.71%, between 4\.52% and 4\.91% at this moment/);
  });

  it('keeps rates near 100 % legible and never passes 100 %', () => {
    const ticks = [...rate(SCENES.nearAll()).matchAll(/>(\d+(?:\.\d+)?)%<\/text>/g)].map(Number0);
    expect(ticks.length).toBeGreaterThanOrEqual(3);
    expect(Math.min(...ticks)).toBeGreaterThan(90);
    expect(Math.max(...ticks)).toBeLessThanOrEqual(100);
  });

  it('says how many people were seen when nobody has converted', () => {
    expect(textOf(rate(SCENES.noConversions()))).toContain('No conversions yet. 1,204 people');
  });
});

const Number0 = (match: RegExpMatchArray): number => Number(match[1]);

describe('the variations table', () => {
  it('names goal, unit, period and zone', () => {
    expect(textOf(variations(SCENES.winner()))).toContain(
      'Insurance subscription , people, 28 Apr to now (UTC)',
    );
  });

  it('puts counts, rate, lift, interval, the platform and our reading side by side', () => {
    const row = textOf(rowOf(variations(SCENES.winner()), 'Redesign 1'));
    for (const part of ['44,610', '2,103', '4.71%', '+14.0%', '+3.3% to +25.8%', '>99.9%', 'Wins'])
      expect(row).toContain(part);
  });

  it('marks only the winner', () => {
    const html = variations(SCENES.winner());
    expect(rowOf(html, 'Redesign 1')).toMatch(/^[^>]*class="[^"]*winner/);
    expect(rowOf(html, 'Redesign 2')).not.toMatch(/^[^>]*class="[^"]*winner/);
    expect(textOf(rowOf(html, 'Redesign 2'))).toContain('Undecided');
  });

  it('leaves no winner where the figures are blocked', () => {
    const scene = createScene({
      arms: [
        { name: 'Original', rate: 0.04 },
        { name: 'Photo', rate: 0.06, state: 'winner' },
      ],
      days: 10,
      looks: 20,
      peopleADay: 5000,
      verdict: 'blocked',
    });
    const row = rowOf(variations(scene), 'Photo');
    expect(textOf(row)).toContain('Not judged');
    expect(textOf(row)).not.toContain('Wins');
    expect(row).not.toMatch(/^[^>]*class="[^"]*winner/);
    expect(textOf(row)).toContain('%');
  });

  it('shows no lift without an interval, and what is missing instead', () => {
    const row = textOf(rowOf(variations(SCENES.early()), 'Short'));
    expect(row).toContain('Too early');
    expect(row).toContain('410 more people');
    expect(row).not.toMatch(/[+−]\d/);
  });

  it('stands with 0 conversions, and with people but no rate of 0 hidden', () => {
    const row = textOf(rowOf(variations(SCENES.noConversions()), 'Short'));
    expect(row).toContain('0.00%');
  });

  it('keeps names as their owners wrote them, isolated and without markup', () => {
    const html = variations(SCENES.five());
    expect(html).toContain('&lt;b&gt;fett&lt;/b&gt;</bdi>');
    expect(html).not.toContain('<b>');
    expect(html).toContain('نموذج أقصر مع السعر أولا</bdi>');
    expect(
      rowOf(
        html,
        'Long form with the price shown first, the reviews beside it and a shorter summary, v2',
      ),
    ).toContain('tabindex="0"');
  });

  it('says why the platform and we may differ', () => {
    const text = textOf(variations(SCENES.winner()));
    expect(text).toContain('every look ever taken and 3 comparisons at once');
    expect(textOf(variations(SCENES.loser()))).not.toContain('comparisons at once');
  });
});

const SOME_DAYS = { days: 10, looks: 20, peopleADay: 5000 };
const TWO_ARMS = [
  { name: 'Original', rate: 0.04 },
  { name: 'Photo', rate: 0.05 },
];

describe('figures that cannot be compared fairly', () => {
  const bandit = createScene({
    ...SOME_DAYS,
    arms: TWO_ARMS,
    verdict: 'not-applicable',
    reasons: [{ kind: 'bandit' }],
  });

  it('are shown without the promise of a fair comparison', () => {
    const text = textOf(lift(bandit));
    expect(text).toContain('Figures are shown, not judged.');
    expect(text).toContain('the band promises nothing here (95%)');
    expect(text).not.toContain('holds at every look');
    expect(text).toContain('These figures are shown, not judged.');
    expect(textOf(variations(bandit))).toContain('Figures are shown, not judged.');
  });

  it('count no comparisons where there are none', () => {
    const { analysis } = bandit.reading;
    if (analysis === null) throw new Error('the scene has no analysis');
    const arms = analysis.arms.map((arm) => ({ ...arm, isReference: false, comparison: null }));
    const alone = { ...analysis, referenceId: null, arms };
    const text = textOf(variations({ ...bandit, reading: { ...bandit.reading, analysis: alone } }));
    expect(text).toContain('rises and falls with each one.');
    expect(text).not.toContain('comparisons at once');
  });
});

describe('small truths', () => {
  it('says of whom the people of a look are', () => {
    expect(textOf(lift(SCENES.winner()))).toContain('people in all');
    expect(textOf(rate(SCENES.winner()))).toContain('people in all');
  });

  it('never writes a certainty of 0 % or 100 %', () => {
    const { reliability } = createFigures('en', ZONE, 0);
    expect([0.00001, 0.0004, 0.0005, 0.5, 0.9996].map(reliability)).toEqual([
      '<0.1%',
      '<0.1%',
      '0.1%',
      '50.0%',
      '>99.9%',
    ]);
  });

  it('fills the ring by the days where only days are missing', () => {
    const scene = createScene({
      ...SOME_DAYS,
      arms: [
        { name: 'Original', rate: 0.04 },
        {
          name: 'Photo',
          rate: 0.05,
          state: 'collecting',
          reasons: [{ kind: 'few-days', days: 4, neededDays: 7, untilMs: 0 }],
        },
      ],
      verdict: 'collecting',
    });
    const { analysis } = scene.reading;
    if (analysis === null) throw new Error('the scene has no analysis');
    const words = createChartWords(
      createTranslator({ locale: 'en', messages: messagesFor('en'), namespace: 'charts' }),
      createFigures('en', ZONE, 0),
      0,
    );
    expect(toVariations(analysis, words).rows[1]).toMatchObject({
      more: '4 of 7 days',
      progress: 4 / 7,
    });
  });

  it('marks a call of what is over at the end of its data', () => {
    const { reading, curve, nowMs } = SCENES.winner();
    const endedAtMs = curve.points[2]?.atMs ?? 0;
    const stopped = { ...reading.experiment, status: 'stopped', endedAtMs } as const;
    const text = textOf(lift({ curve, nowMs, reading: { ...reading, experiment: stopped } }));
    expect(text).toContain('Day 0, 28 Apr');
    expect(text).not.toContain('Day 22');
  });
});
