import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { loneLooks } from '@/components/charts/lone-looks';
import type { PlotRow } from '@/components/charts/plot-data';
import { PlotMarks } from '@/components/charts/plot-marks';
import { createScale } from '@/components/charts/scale';

const look = (atMs: number, value: number | null, upper: number | null = 0.2): PlotRow => ({
  atMs,
  source: 'live',
  people: 100,
  values: [value === null ? null : { value, interval: { lower: -0.1, upper } }],
});

const toX = (atMs: number): number => atMs * 30;

const draw = (rows: readonly PlotRow[]): string =>
  renderToStaticMarkup(
    <PlotMarks
      rows={rows}
      series={[{ id: '1', name: 'One', place: 1 }]}
      selected={0}
      markers={[]}
      scale={createScale(300, 100, [0, 10], [-0.3, 0.3])}
      hasZero
    />,
  );

describe('the interval of a look that stands alone', () => {
  it('is drawn by itself, for a band of one look has no width', () => {
    expect(loneLooks([look(1, 0.1)], 0, toX)).toHaveLength(1);
    expect(draw([look(1, 0.1)])).toContain('<rect');
  });

  it('is left to the band where there are neighbours', () => {
    expect(loneLooks([look(1, 0.1), look(2, 0.1)], 0, toX)).toEqual([]);
    expect(draw([look(1, 0.1), look(2, 0.1)])).not.toContain('<rect');
  });

  it('is drawn for looks that lie within a hair of each other, once', () => {
    const rows = [look(1, 0.1), look(1.1, 0.1), look(1.2, 0.12)];
    expect(loneLooks(rows, 0, toX).map(({ atMs }) => atMs)).toEqual([1.2]);
  });

  it('is found between two gaps', () => {
    const rows = [look(1, 0.1), look(2, 0.1), look(3, null), look(4, 0.1), look(5, null)];
    expect(loneLooks(rows, 0, toX).map(({ atMs }) => atMs)).toEqual([4]);
  });

  it('has an end only where there is a limit', () => {
    const ends = (html: string): number => html.split('h12').length - 1;
    expect(ends(draw([look(1, 0.1)]))).toBe(2);
    expect(ends(draw([look(1, 0.1, null)]))).toBe(1);
  });
});
