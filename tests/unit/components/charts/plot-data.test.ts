import { expect, it } from 'vitest';
import type { PlotRow } from '@/components/charts/plot-data';
import { lacksPast } from '@/components/charts/plot-data';

const DAY_MS = 24 * 60 * 60 * 1000;
const row = (day: number): PlotRow => ({
  atMs: day * DAY_MS,
  source: 'live',
  people: 1,
  values: [],
});

it('says that the past is missing while the first half of a run has no look', () => {
  expect(lacksPast([row(12)], 0)).toBe(true);
  expect(lacksPast([row(11), row(12)], 0)).toBe(true);
});

it('says nothing of a curve that spans its run, of a first day, or of no curve', () => {
  expect(lacksPast([row(1), row(12)], 0)).toBe(false);
  expect(lacksPast([row(0.8)], 0)).toBe(false);
  expect(lacksPast([], 0)).toBe(false);
});
