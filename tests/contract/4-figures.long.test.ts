import { expect } from 'vitest';
import { openContract } from './contract';
import { shareOf, upperTail, type Arm } from './http/arms';
import { look } from './http/look';
import { originalKey } from './http/report';
import { asNumber, asRow } from './http/shape';

const { fact } = openContract({ active: 6, stopped: 4 });

/** The delivered rate over the one recomputed: 100 for percent, 1 for a fraction. */
const scaleOf = ({ general, figures }: Arm): number =>
  asNumber(figures['conversionRate']) /
  shareOf(figures['convertedVisitCount'], general['visitCount']);

fact('4.5-unit', async ({ api }) => {
  const { arms } = await look(api);
  const scales = arms.map((arm) => (Math.abs(scaleOf(arm) - 1) < 0.05 ? 1 : 100));
  expect(new Set(scales).size).toBe(1);
  for (const { figures } of arms) {
    const reliability = figures['reliability'];
    if (reliability != null) expect(asNumber(reliability)).toBeLessThanOrEqual(scales[0] ?? 0);
  }
});

fact('4.5-percent', async ({ api }) => {
  for (const arm of (await look(api)).arms) expect(scaleOf(arm)).toBeCloseTo(100, 0);
});

fact('4.5-rate-of-visits', async ({ api }) => {
  for (const { general, figures } of (await look(api)).arms)
    expect(asNumber(figures['conversionRate'])).toBeCloseTo(
      100 * shareOf(figures['convertedVisitCount'], general['visitCount']),
      3,
    );
});

fact('4.5-rate-of-conversions', async ({ api }) => {
  for (const { general, figures } of (await look(api, { conversionType: 'ALL_CONVERSION' })).arms)
    expect(asNumber(figures['conversionRate'])).toBeCloseTo(
      100 * shareOf(figures['conversionCount'], general['visitCount']),
      3,
    );
});

fact('4.5-rate-of-visitors', async ({ api }) => {
  for (const { general, figures } of (await look(api, { visitorData: true })).arms)
    expect(asNumber(figures['conversionRate'])).toBeCloseTo(
      100 * shareOf(figures['convertedVisitCount'], general['visitorCount']),
      3,
    );
});

fact('4.5-improvement', async ({ api }) => {
  const { arms, report } = await look(api);
  const rateOf = ({ general, figures }: Arm): number =>
    shareOf(figures['convertedVisitCount'], general['visitCount']);
  const reference = arms.find((arm) => arm.key === originalKey(report));
  if (!reference) throw new Error('no reference in the report');
  for (const arm of arms) {
    if (arm.figures['improvementRate'] == null) continue;
    const relative = rateOf(arm) / rateOf(reference) - 1;
    const scale = Math.round(scaleOf(reference)) >= 50 ? 100 : 1;
    expect(asNumber(arm.figures['improvementRate']) / scale).toBeCloseTo(relative, 3);
  }
});

fact('4.5-reliability', async ({ api }) => {
  const { arms, report } = await look(api);
  const counts = ({ general, figures }: Arm) =>
    [asNumber(figures['convertedVisitCount']), asNumber(general['visitCount'])] as const;
  const reference = arms.find((arm) => arm.key === originalKey(report));
  if (!reference) throw new Error('no reference in the report');
  const [x0, n0] = counts(reference);
  for (const arm of arms) {
    if (arm === reference) continue;
    const [x1, n1] = counts(arm);
    const pooled = (x0 + x1) / (n0 + n1);
    const z = (x1 / n1 - x0 / n0) / Math.sqrt(pooled * (1 - pooled) * (1 / n0 + 1 / n1));
    expect(asNumber(arm.figures['reliability'])).toBeCloseTo(100 * (1 - upperTail(z)), 1);
  }
});

fact('4.5-rates-above-all', async ({ api }) => {
  const { arms } = await look(api, { conversionType: 'ALL_CONVERSION' });
  for (const { figures } of arms)
    expect(asNumber(figures['conversionCount'])).toBeGreaterThanOrEqual(
      asNumber(figures['convertedVisitCount']),
    );
});

fact('4.6-rule', async ({ api }) => {
  const { experiment, arms, report } = await look(api);
  const site = await api.read(`/sites/${String(experiment['siteId'])}`);
  const config = site['experimentConfig'];
  const told = config == null ? 95 : asNumber(asRow(config)['minWiningReliability']);
  expect(told).toBeGreaterThan(50);
  for (const { key, figures } of arms) {
    if (key === originalKey(report)) continue;
    expect([key, typeof figures['improvementRate']]).toEqual([key, 'number']);
    expect([key, typeof figures['reliability']]).toEqual([key, 'number']);
  }
});
