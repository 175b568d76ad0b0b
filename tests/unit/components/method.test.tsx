import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { FORMULAS } from '@/components/method/formulas';
import { MethodPage } from '@/components/method/method-page';
import type { MethodFigures, NothingFigures } from '@/lib/core/words/method-figures';

const NONE: MethodFigures = {
  seed: 1,
  experiments: 0,
  controls: [],
  nothing: [],
  effects: [],
  rivals: [],
  life: [],
};

const outcome = (called: number) => ({
  called,
  winners: called / 2,
  losers: 0,
  blocked: 0,
  withheld: 0,
});

const nothing = (id: string, more: Partial<NothingFigures> = {}): NothingFigures => ({
  id,
  group: 'rates',
  rates: [0.05, 0.05],
  weights: [0.5, 0.5],
  visitors: 20_000,
  looks: 100,
  experiments: 10_000,
  open: outcome(0.0184),
  planned: outcome(0.0312),
  unguarded: null,
  ...more,
});

const html = (figures: Partial<MethodFigures>): string =>
  renderToStaticMarkup(<MethodPage locale="en" figures={{ ...NONE, ...figures }} />);

const rowsOf = (page: string): string[] =>
  page
    .split('<tr')
    .slice(1)
    .map((row) =>
      (row.split('</tr>')[0] ?? '').replaceAll(/<[^>]+>/g, '|').replaceAll(/\|+/g, '|'),
    );

describe('the page on the method', () => {
  it('shows no table that was not measured, and says so', () => {
    const page = html({});
    expect(page).not.toContain('<table');
    expect(page).toContain('The figures of the simulation are not part of this installation yet.');
  });

  it('has one h1, an h2 for each section of its contents, and every formula', () => {
    const page = html({});
    expect(page.split('<h1').length - 1).toBe(1);
    const links = [...page.matchAll(/href="#([a-z]+)"/g)].map((match) => match[1]);
    expect(links).toHaveLength(page.split('<h2').length - 1);
    for (const id of links) expect(page).toContain(`id="${id}-title"`);
    for (const line of Object.values(FORMULAS).flat())
      expect(page).toContain(line.replaceAll('&', '&amp;'));
  });

  it('tells false calls with and without a planned end, winners apart', () => {
    const row = rowsOf(html({ nothing: [nothing('rate-5')] })).find((text) =>
      text.includes('5% convert, split 50\u00a0/\u00a050'),
    );
    expect(row).toContain('|20,000|100|1.8%|0.9%|3.1%|1.6%|');
  });

  it('names scenarios it knows and tells others by their figures, never by their ids', () => {
    const page = html({
      nothing: [
        nothing('repeat-50', { group: 'data', unguarded: 0.36, planned: null }),
        nothing('never-heard-of', { group: 'data', weights: [0.9, 0.1] }),
        nothing('rate-0.1', { rates: [0.001, 0.001] }),
      ],
    });
    expect(page).toContain('50% come back, counted per visit');
    expect(page).toContain('5% convert, split 90\u00a0/\u00a010');
    expect(page).toContain('0.1% convert, split 50\u00a0/\u00a050');
    expect(page).toContain('36.0%');
    expect(page).not.toContain('never-heard-of');
  });

  it('says none and all only of what is exactly so', () => {
    const row = (called: number, blocked: number): string | undefined =>
      rowsOf(
        html({ nothing: [nothing('x', { open: { ...outcome(called), blocked }, planned: null })] }),
      ).find((text) => text.includes('20,000'));
    expect(row(0, 1)).toContain('|none|none|all|');
    expect(row(0.0003, 0.9999)).toContain(
      '|<0.1%|<0.1%|>99.9%|'.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    );
  });

  it('puts ours beside the other rules, ours set apart', () => {
    const rival = (id: 'ours' | 'fixed', even: number) => ({
      id,
      falseCalls: { even, uneven: even, extreme: even, few: even },
      powerAtPlan: 0.52,
      powerAtTwice: 0.88,
      meanPeople: 61_234,
      withdrawn: 0.001,
    });
    const page = html({ rivals: [rival('ours', 0.018), rival('fixed', 0.364)] });
    const rows = rowsOf(page);
    expect(rows.find((row) => row.includes('Verdict'))).toContain(
      '|1.8%|1.8%|1.8%|1.8%|52.0%|88.0%|61,234|',
    );
    expect(rows.find((row) => row.includes('Fixed test'))).toContain('|36.4%|');
    expect(page).toMatch(/<tr class="[^"]*ours[^"]*"><th[^>]*>Verdict</);
  });
});
