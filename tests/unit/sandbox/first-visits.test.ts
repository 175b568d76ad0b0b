import { describe, expect, it } from 'vitest';
import { createTestSandbox, EPOCH_MS, sharedWorld, type GeneralData } from './test-sandbox';

const BY_NEW = { breakdown: { type: 'NEW_VISITOR' } };
const GOAL = '312001';
const DAY_MS = 86_400_000;
const toDate = (ms: number): string => new Date(ms).toISOString().slice(0, 19);

type Sandbox = Awaited<ReturnType<typeof createTestSandbox>>;

/** The counts of one arm by row. */
async function rowsOf(sandbox: Sandbox, id: number, key: string, body: object) {
  const arm = (await sandbox.results(id, { ...body }))[key]!;
  return Object.fromEntries(
    Object.entries(arm.breakdownData).map(([row, { generalData }]) => [row, generalData]),
  ) as Record<string, GeneralData>;
}

const additive = ({ visitCount, goalsData }: GeneralData): number[] => [
  visitCount,
  ...Object.values(goalsData).flatMap((goal) => [goal.conversionCount, goal.convertedVisitCount]),
];

describe('first visits', () => {
  it('are one for each person, and all visits together with those of people who come back', async () => {
    const sandbox = await createTestSandbox();
    for (const [id, key] of [
      [188402, '901004'],
      [188602, '_reference'],
      [188607, '_reference'],
    ] as const) {
      const parts = await rowsOf(sandbox, id, key, { ...BY_NEW, visitorData: false });
      const all = await rowsOf(sandbox, id, key, { visitorData: false });
      expect(Object.keys(parts).sort()).toEqual(['NEW', 'RETURNING']);
      const [first, later, whole] = [parts['NEW']!, parts['RETURNING']!, all['_reference']!];
      expect(first.visitCount).toBe(first.visitorCount);
      expect(first.visitorCount).toBe(whole.visitorCount);
      expect(later.visitCount).toBeGreaterThanOrEqual(later.visitorCount);
      const sum = additive(first).map((count, i) => count + additive(later)[i]!);
      expect(sum).toEqual(additive(whole));
    }
  });

  it('convert alike whether people or visits are asked for, and even if visits pass for people', async () => {
    const usual = await createTestSandbox();
    const odd = await createTestSandbox({ quirks: { convertedCount: 'visits' } });
    const convertedOf = async (sandbox: Sandbox, visitorData: boolean) =>
      (await rowsOf(sandbox, 188402, '901004', { ...BY_NEW, visitorData }))['NEW']!.goalsData[GOAL]!
        .convertedVisitCount;
    const counts = [
      await convertedOf(usual, true),
      await convertedOf(usual, false),
      await convertedOf(odd, true),
      await convertedOf(odd, false),
    ];
    expect(new Set(counts).size).toBe(1);
    expect(counts[0]).toBeGreaterThan(100);
  });

  it('are the same by a filter', async () => {
    const sandbox = await createTestSandbox();
    const parts = await rowsOf(sandbox, 188402, '901004', { ...BY_NEW, visitorData: false });
    const filters = [{ type: 'NEW_VISITOR', values: ['NEW'], include: true }];
    const filtered = await rowsOf(sandbox, 188402, '901004', { filters, visitorData: false });
    expect(additive(filtered['_reference']!)).toEqual(additive(parts['NEW']!));
  });

  it('since a change of the split are those of the new split alone', async () => {
    const sandbox = await createTestSandbox();
    const plan = sharedWorld.experiments.find(({ id }) => id === 188602)!;
    const change = { start: toDate(plan.splitSetMs), end: toDate(EPOCH_MS) };
    const visitors = async (body: object) =>
      Promise.all(
        ['_reference', '901202'].map(
          async (key) => (await rowsOf(sandbox, 188602, key, body))['NEW']!.visitorCount,
        ),
      );
    const [original, variation] = await visitors({ ...BY_NEW, dateIntervals: [change] });
    expect(original! / (original! + variation!)).toBeCloseTo(0.5, 1);
    const [before, beforeVariation] = await visitors({
      ...BY_NEW,
      dateIntervals: [{ start: toDate(plan.launchMs!), end: change.start }],
    });
    expect(before! / (before! + beforeVariation!)).toBeCloseTo(0.8, 1);
    const [all, allVariation] = await visitors(BY_NEW);
    // The end is told in whole seconds: hardly anybody comes in the rest of one.
    expect(Math.abs(all! - original! - before!)).toBeLessThanOrEqual(3);
    expect(Math.abs(allVariation! - variation! - beforeVariation!)).toBeLessThanOrEqual(3);
  });

  it('of the past are the same whenever one asks', async () => {
    const sandbox = await createTestSandbox();
    const past = { start: toDate(EPOCH_MS - 9.3 * DAY_MS), end: toDate(EPOCH_MS - 1.7 * DAY_MS) };
    const body = { ...BY_NEW, dateIntervals: [past], visitorData: false };
    const then = await rowsOf(sandbox, 188402, '901004', body);
    sandbox.clock.nowMs += 5 * DAY_MS;
    await sandbox.newToken();
    expect(await rowsOf(sandbox, 188402, '901004', body)).toEqual(then);
  });

  it('may not be told at all, or all visits of new people under their name', async () => {
    const refused = await createTestSandbox({ quirks: { newVisitors: 'refused' } });
    const response = await refused.post('/experiments/188402/results', {
      conversionType: 'CONVERTED_VISITS',
      ...BY_NEW,
    });
    expect(response.status).toBe(400);
    const people = await createTestSandbox({ quirks: { newVisitors: 'people' } });
    const row = (await rowsOf(people, 188402, '901004', BY_NEW))['NEW']!;
    expect(row.visitCount).toBeGreaterThan(row.visitorCount);
  });
});
