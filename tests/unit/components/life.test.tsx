import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { toMarkerLabels } from '@/components/charts/markers';
import { CallLogPanel } from '@/components/experiment/call-log-panel';
import { GatesPanel } from '@/components/experiment/gates-panel';
import { LiftPanel } from '@/components/experiment/lift-panel';
import { toRow } from '@/components/experiment/list/to-row';
import { RevenuePanel } from '@/components/experiment/revenue-panel';
import { SecondOpinionPanel } from '@/components/experiment/second-opinion-panel';
import { VariationsPanel } from '@/components/experiment/variations-panel';
import { VerdictBand } from '@/components/experiment/verdict-band';
import { WordsProvider } from '@/components/ui/words-provider';
import type { Reading } from '@/lib/core/live/reading';
import { toBand } from '@/lib/core/words/band';
import { toCallLog } from '@/lib/core/words/call-log';
import { formatsFor } from '@/lib/core/words/formats';
import { createPlainWords } from '@/lib/core/words/say';
import { LIFE } from '@/tests/builders/life-states';
import { OUTLOOKS } from '@/tests/builders/outlooks';
import { NOW_MS } from '@/tests/builders/reading';
import { STATES } from '@/tests/builders/states';
import { SCENES } from './charts/scenes';

const formats = formatsFor('en', 'UTC');
const plain = createPlainWords('en');
const DAY_MS = 86_400_000;

const render = (node: React.ReactNode): string =>
  renderToStaticMarkup(
    <WordsProvider locale="en" timeZone="UTC">
      {node}
    </WordsProvider>,
  );

const textOf = (html: string): string =>
  html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&gt;', '>')
    .replaceAll('&lt;', '<')
    .replaceAll(/[\s\u00a0]+/g, ' ');

const band = (reading: Reading): string =>
  render(<VerdictBand band={toBand(reading, NOW_MS, formats)} />);

describe('the band in the life of a call', () => {
  it('strikes the shape of a shaken winner, keeps its tint and warns by its word', () => {
    const html = band(LIFE.shaken);
    expect(html).toMatch(/<section class="[^"]*win/);
    expect(html).toMatch(/<span class="[^"]*badge[^"]*warn/);
    expect(html).toMatch(/<svg class="[^"]*win/);
    // Told by form as well: not the plain triangle.
    const shape = (from: string) => /<svg.*?<\/svg>/.exec(from)?.[0];
    expect(shape(html)).not.toBe(shape(band(STATES.winner)));
  });

  it('warns of a withdrawn call in warn colour and in words', () => {
    const html = band(LIFE.withdrawn);
    expect(html).toMatch(/<section class="[^"]*warn/);
    expect(textOf(html)).toContain('The call for Redesign 1 is withdrawn');
    expect(html).not.toMatch(/class="[^"]*_win/);
  });

  it('keeps its two facts and its headline in every state, and adds a line only for a warning', () => {
    const slots = (html: string, tag: string): number => html.split(tag).length - 1;
    for (const reading of Object.values(LIFE)) {
      const html = band(reading);
      expect(['<h2', '<dt', '<dd'].map((tag) => slots(html, tag))).toEqual([1, 2, 2]);
      const { asides } = toBand(reading, NOW_MS, formats);
      const extra = asides.some(({ kind }) => kind === 'loser') ? asides.length - 1 : asides.length;
      expect(slots(html, '<p ')).toBe(3 + extra);
    }
  });
});

describe('a row of the list in the life of a call', () => {
  it('says shaken and withdrawn in its state, without a date there is no room for', () => {
    const tag = (reading: Reading): string => plain(toRow(reading, NOW_MS, formats).tag.words);
    expect(tag(LIFE.shaken)).toBe('Winner, shaken');
    expect(tag(LIFE.withdrawn)).toBe('Withdrawn');
  });
});

describe('the record of calls on the page', () => {
  const log = toCallLog(LIFE.withdrawn, formats, NOW_MS);

  it('is closed at first, and whole in the HTML for print and search', () => {
    const html = render(log && <CallLogPanel log={log} addressOf={(atMs) => `/?at=${atMs}`} />);
    expect(html).toContain('aria-expanded="false"');
    expect(textOf(html)).toContain('1 call, 1 withdrawn; nothing is ever erased');
    expect(textOf(html)).toContain('1,065 of 21,977 against 904 of 21,940');
  });

  it('strikes what was withdrawn, and says so to those who hear it', () => {
    const html = render(log && <CallLogPanel log={log} addressOf={(atMs) => `/?at=${atMs}`} />);
    expect(html.split('<s ').length - 1).toBe(3);
    expect(textOf(html)).toContain('called: wins withdrawn later');
  });
});

describe('what holds a call back', () => {
  it('is listed while nothing is decided, and not otherwise', () => {
    const panel = (reading: Reading): string =>
      textOf(render(<GatesPanel reading={reading} nowMs={NOW_MS} />));
    expect(panel(OUTLOOKS.early)).toContain('5 of 7 full days about Thursday 21 May');
    expect(panel({ ...STATES.winner, outlook: OUTLOOKS.early.outlook })).toBe('');
    expect(panel(STATES.inconclusive)).toBe('');
  });
});

describe('the second opinion', () => {
  it('ends in one sentence for each variation, and writes no certainty', () => {
    const { reading, nowMs } = SCENES.winner();
    const text = textOf(render(<SecondOpinionPanel reading={reading} nowMs={nowMs} />));
    expect(text).toContain('Why does Kameleoon say >99.9% of Redesign 1 ?');
    expect(text).not.toMatch(/ (100|0)(\.0)?%/);
  });

  it('is not there where Kameleoon gave no figure', () => {
    const { reading, nowMs } = SCENES.winner();
    const analysis = reading.analysis!;
    const platform = { rate: null, lift: null, reliability: null };
    const silent = {
      ...reading,
      analysis: { ...analysis, arms: analysis.arms.map((arm) => ({ ...arm, platform })) },
    };
    expect(render(<SecondOpinionPanel reading={silent} nowMs={nowMs} />)).toBe('');
  });
});

describe('revenue', () => {
  it('says that its figures have no interval, and is not there without revenue', () => {
    expect(textOf(render(<RevenuePanel reading={OUTLOOKS.revenue} />))).toContain(
      'none of these figures has an interval',
    );
    expect(render(<RevenuePanel reading={STATES.winner} />)).toBe('');
  });
});

describe('the table and the chart in the life of a call', () => {
  const scene = SCENES.winner();
  const analysis = scene.reading.analysis!;
  const call = analysis.call!;

  const withCall = (more: Partial<typeof call>) => {
    const changed = { ...call, ...more };
    const reading = {
      ...scene.reading,
      analysis: { ...analysis, call: changed, calls: [changed] },
    };
    return { ...scene, reading };
  };

  it('names first visits and lower-is-better beside the goal', () => {
    const method = { ...analysis.method, better: 'lower' } as const;
    const reading = {
      ...scene.reading,
      analysis: { ...analysis, unit: 'first-visits', method } as const,
    };
    expect(
      textOf(render(<VariationsPanel reading={reading} nowMs={scene.nowMs} timeZone="UTC" />)),
    ).toContain('Insurance subscription , first visits only, lower is better, 28 Apr to now (UTC)');
  });

  it('says in one sentence under the picture that a call is shaken, final or withdrawn', () => {
    const alternative = (more: Partial<typeof call>): string | undefined =>
      /<figcaption[^>]*>(.*?)<\/figcaption>/.exec(
        render(<LiftPanel {...withCall(more)} timeZone="UTC" />),
      )?.[1];
    const atMs = call.calledAtMs + 5 * DAY_MS;
    expect(alternative({ shakenAtMs: atMs })).toContain('Called on day 10, shaken since day 15.');
    expect(alternative({ isFinal: true })).toContain('Decided at the planned end');
    expect(alternative({ withdrawn: { atMs, reason: { kind: 'fell-back' } } })).toContain(
      'Called on day 10, withdrawn on day 15.',
    );
  });

  it('makes room for the words of a call and of what came soon after it', () => {
    const marker = {
      key: 'call',
      kind: 'call',
      atMs: 100,
      title: 'Called on day 10, confirmed on day 11',
      shortTitle: '',
      detail: '8 May, 14:59 · the band leaves zero',
      shortDetail: '',
      onZero: 'ring',
      tickAtMs: null,
    } as const;
    const shaken = {
      ...marker,
      key: 'shaken',
      kind: 'event',
      atMs: 130,
      title: 'Shaken on day 15',
    };
    const labels = toMarkerLabels([marker, { ...shaken, kind: 'event' }], (atMs) => atMs, [0, 900]);
    const alone = toMarkerLabels([marker], (atMs) => atMs, [0, 900]);
    expect(labels).toHaveLength(1);
    expect(labels[0]?.details).toEqual([marker.detail, 'Shaken on day 15']);
    expect(labels[0]?.width).toBeGreaterThan(alone[0]?.width ?? Infinity);
  });
});
