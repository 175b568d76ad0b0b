import { expect } from 'vitest';
import { openContract } from './contract';
import { leavesIn } from './http/arms';
import { look } from './http/look';
import { LIVE } from './http/mode';
import { breakdownOf, goalOf, originalKey } from './http/report';
import { asNumber, asRow, numbersOf } from './http/shape';

const { fact } = openContract({ active: 6, stopped: 4 });

fact('4.5-path', async ({ api }) => {
  const { report } = await look(api);
  for (const key of Object.keys(report.variations))
    for (const bucket of Object.keys(breakdownOf(report, key)))
      expect(asRow(breakdownOf(report, key)[bucket])).toHaveProperty('generalData');
});

fact('4.5-counts', async ({ api }) => {
  for (const { general } of (await look(api)).arms) {
    expect(general['visitCount']).toSatisfy(Number.isSafeInteger);
    expect(general['visitorCount']).toSatisfy(Number.isSafeInteger);
    expect(asNumber(general['visitCount'])).toBeGreaterThanOrEqual(
      asNumber(general['visitorCount']),
    );
  }
});

fact('4.5-goals-data', async ({ api }) => {
  for (const { general } of (await look(api)).arms)
    for (const id of Object.keys(asRow(general['goalsData']))) expect(id).toMatch(/^\d+$/);
});

fact('4.5-conversions', async ({ api }) => {
  for (const { figures } of (await look(api)).arms)
    for (const leaf of ['conversionCount', 'convertedVisitCount'])
      expect([leaf, figures[leaf]]).toEqual([leaf, expect.toSatisfy(Number.isSafeInteger)]);
});

fact('4.5-revenue', async ({ api }) => {
  for (const { figures } of (await look(api)).arms)
    expect(asNumber(figures['revenueCount'])).toBeGreaterThanOrEqual(0);
});

fact('4.5-average-cart', async ({ api }) => {
  const { report, experiment } = await look(api);
  let shown = 0;
  for (const key of Object.keys(report.variations))
    for (const goal of numbersOf(experiment['goals'])) {
      const figures = goalOf(report, key, goal);
      const conversions = asNumber(figures['conversionCount']);
      const revenue = asNumber(figures['revenueCount'] ?? 0);
      if (conversions === 0 || revenue === 0) continue;
      shown += 1;
      expect(asNumber(figures['averageCart'])).toBeCloseTo(revenue / conversions, 1);
    }
  if (!LIVE) expect(shown).toBeGreaterThan(0);
});

fact('4.5-figures', async ({ api }) => {
  for (const { figures } of (await look(api)).arms)
    for (const leaf of ['conversionRate', 'improvementRate', 'reliability'])
      if (figures[leaf] != null) expect([leaf, typeof figures[leaf]]).toEqual([leaf, 'number']);
});

fact('4.5-variation-keys', async ({ api }) => {
  const { experiment, report } = await look(api);
  const keys = Object.keys(report.variations).filter((key) => key !== originalKey(report));
  expect(keys.toSorted()).toEqual(numbersOf(experiment['variations']).map(String).toSorted());
});

fact('4.5-original-key', async ({ api }) => {
  const { report } = await look(api);
  expect(['_reference', '0', 'origin']).toContain(originalKey(report));
  if (!LIVE) expect(originalKey(report)).toBe('_reference');
});

fact('4.5-reference-row', async ({ api }) => {
  const { report, goal } = await look(api);
  const figures = goalOf(report, originalKey(report), goal);
  expect([figures['improvementRate'], figures['reliability']]).toEqual([null, null]);
});

const LEAVES =
  'averageCart conversionCount conversionRate convertedVisitCount improvementRate reliability revenueCount';

fact('4.5-nothing-invented', async ({ api }) => {
  for (const over of [{}, { bayesian: true, sequentialTesting: true }])
    for (const { general, figures } of (await look(api, over)).arms) {
      expect(Object.keys(general).toSorted()).toEqual(['goalsData', 'visitCount', 'visitorCount']);
      expect(Object.keys(figures).toSorted()).toEqual(LEAVES.split(' '));
    }
});

fact('4.5-no-best-variation', async ({ api }) => {
  const { report } = await look(api);
  expect(leavesIn(report.data).filter((name) => /winner|best/i.test(name))).toEqual([]);
});
