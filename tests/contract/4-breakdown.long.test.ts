import { expect } from 'vitest';
import type { Api } from './http/api';
import { openContract } from './contract';
import { dayAfter, threeDays } from './http/days';
import {
  ASK,
  aRunningExperiment,
  breakdownOf,
  originalKey,
  readReport,
  recallReport,
  sumOf,
  type Report,
} from './http/report';
import { idOf, type Row } from './http/shape';

const { fact } = openContract({ active: 5, stopped: 4 });

/** Ten whole days of a running experiment, broken down or filtered. */
async function tenDays(api: Api, over: Row, read = recallReport): Promise<Report> {
  const experiment = await aRunningExperiment(api);
  const [start] = threeDays(experiment);
  const dateIntervals = [{ start, end: dayAfter(start, 10) }];
  return read(api, experiment, { dateIntervals, ...over });
}
const brokenDown = (api: Api, type: string, rest: Row = {}) =>
  tenDays(api, { breakdown: { type, ...rest } });
const keysOf = (report: Report): string[] => Object.keys(breakdownOf(report, originalKey(report)));

const statusOf = async (api: Api, breakdown: Row): Promise<number> => {
  const path = `/experiments/${idOf(await aRunningExperiment(api))}/results`;
  return (await api.call('POST', path, { body: { ...ASK, breakdown } })).status;
};

const INTERVALS = ['HOUR', 'DAY', 'WEEK', 'MONTH', 'YEAR'];

fact('4.2-intervals', async ({ api }) => {
  const counts: number[] = [];
  for (const interval of INTERVALS)
    counts.push(keysOf(await brokenDown(api, 'INTERVAL', { interval })).length);
  expect(counts).toEqual(counts.toSorted((a, b) => b - a));
  expect(counts[1]).toBe(10);
  expect(counts[0]).toBeGreaterThan(24);
});

fact('4.2-interval-required', async ({ api }) => {
  expect(await statusOf(api, { type: 'INTERVAL' })).toBe(400);
  expect(await statusOf(api, { type: 'INTERVAL', interval: 'FORTNIGHT' })).toBe(400);
});

fact('4.2-interval-keys', async ({ api }) => {
  const keys = keysOf(await brokenDown(api, 'INTERVAL', { interval: 'DAY' }));
  const byText = keys.toSorted((a, b) => a.localeCompare(b));
  const instant = (key: string) => (/^\d+$/.test(key) ? Number(key) : Date.parse(key));
  expect(byText).toEqual(keys.toSorted((a, b) => instant(a) - instant(b)));
  expect(keys.length).toBeGreaterThan(1);
});

fact('4.2-interval-iso', async ({ api }) => {
  const experiment = await aRunningExperiment(api);
  const [start] = threeDays(experiment);
  const days = keysOf(await brokenDown(api, 'INTERVAL', { interval: 'DAY' }));
  const expected = Array.from({ length: 10 }, (_, index) => dayAfter(start, index));
  expect(days.toSorted()).toEqual(expected);
  for (const key of keysOf(await brokenDown(api, 'INTERVAL', { interval: 'HOUR' })))
    expect(key).toMatch(/^\d{4}-\d\d-\d\dT\d\d:00:00$/);
});

fact('4.2-device', async ({ api }) => {
  const keys = keysOf(await brokenDown(api, 'DEVICE_TYPE'));
  expect(keys.length).toBeGreaterThan(0);
  expect(keys.filter((key) => !['DESKTOP', 'TABLET', 'PHONE'].includes(key))).toEqual([]);
});

const severalKeys = async (api: Api, type: string): Promise<string[]> => {
  const keys = keysOf(await brokenDown(api, type));
  expect([type, keys.length > 0 && !keys.includes('_reference')]).toEqual([type, true]);
  return keys;
};

fact('4.2-browser', async ({ api }) => void (await severalKeys(api, 'BROWSER')));
fact('4.2-country', async ({ api }) => void (await severalKeys(api, 'COUNTRY')));

fact('4.2-new-visitor', async ({ api }) => {
  expect((await severalKeys(api, 'NEW_VISITOR')).length).toBeLessThanOrEqual(2);
});

fact('4.2-custom-datum', async ({ api }) => {
  const report = await brokenDown(api, 'CUSTOM_DATUM', { index: 1 });
  for (const key of keysOf(report)) expect(key).toBeTypeOf('string');
  expect(report.variations).toBeTypeOf('object');
});

fact('4.2-custom-datum-index', async ({ api }) => {
  expect(await statusOf(api, { type: 'CUSTOM_DATUM' })).toBe(400);
});

fact('4.2-cross-campaign', async ({ api }) => {
  const other = (await api.list('/experiments', { perPage: 2 })).map(idOf);
  const breakdown = { type: 'CROSS_CAMPAIGN', experiments: other, personalizations: [] };
  expect(await statusOf(api, breakdown)).toBe(200);
});

fact('4.2-none', async ({ api }) => {
  const report = await tenDays(api, {});
  for (const key of Object.keys(report.variations))
    expect(Object.keys(breakdownOf(report, key))).toEqual(['_reference']);
});

fact('4.2-unknown-type', async ({ api }) => {
  expect(await statusOf(api, { type: 'SHOE_SIZE' })).toBe(400);
});

const filtered = (api: Api, include: boolean) =>
  tenDays(api, { filters: [{ type: 'DEVICE_TYPE', values: ['PHONE'], include }] });

fact('4.3-form', async ({ api }) => {
  const phones = sumOf(await filtered(api, true), 'visitCount');
  expect(phones).toBeGreaterThan(0);
  expect(phones).toBeLessThan(sumOf(await tenDays(api, {}), 'visitCount'));
});

fact('4.3-exclude', async ({ api }) => {
  const phones = sumOf(await filtered(api, true), 'visitCount');
  const others = sumOf(await filtered(api, false), 'visitCount');
  expect(phones + others).toBe(sumOf(await tenDays(api, {}), 'visitCount'));
});

fact('4.5-rows-add-up', async ({ api }) => {
  const experiment = await aRunningExperiment(api);
  const goal = (experiment['goals'] as readonly number[])[0];
  const whole = await tenDays(api, {});
  const parts = [
    { type: 'INTERVAL', interval: 'DAY' },
    { type: 'INTERVAL', interval: 'HOUR' },
  ];
  const kinds = ['DEVICE_TYPE', 'BROWSER', 'COUNTRY', 'NEW_VISITOR'].map((type) => ({ type }));
  for (const breakdown of [...parts, ...kinds]) {
    const report = await tenDays(api, { breakdown });
    for (const [leaf, of] of [
      ['visitCount', undefined],
      ['convertedVisitCount', goal],
      ['conversionCount', goal],
    ] as const)
      expect([breakdown, leaf, sumOf(report, leaf, of)]).toEqual([
        breakdown,
        leaf,
        sumOf(whole, leaf, of),
      ]);
  }
});

fact('4.5-same-past', async ({ api }) => {
  const over = { breakdown: { type: 'INTERVAL', interval: 'DAY' } };
  const first = await tenDays(api, over, readReport);
  expect((await tenDays(api, over, readReport)).variations).toEqual(first.variations);
});
