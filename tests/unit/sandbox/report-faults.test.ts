import { beforeEach, describe, expect, it } from 'vitest';
import { createTestSandbox, EPOCH_MS, type TestSandbox } from './test-sandbox';

let sandbox: TestSandbox;
beforeEach(async () => {
  sandbox = await createTestSandbox();
});

const ID = 188402;
const GOAL = '312001';
type Results = Awaited<ReturnType<TestSandbox['results']>>;
const total = (results: Results, key: string) =>
  results[key]!.breakdownData['_reference']!.generalData;

describe('reports', () => {
  it('tell rates as fractions, counts alike', async () => {
    const usual = total(await sandbox.results(ID), '901004');
    sandbox.control.setFaults([{ kind: 'rate-unit' }]);
    const other = total(await sandbox.results(ID), '901004');
    const [percent, fraction] = [usual.goalsData[GOAL]!, other.goalsData[GOAL]!];
    expect(fraction.conversionRate).toBeCloseTo(percent.conversionRate / 100, 5);
    expect(fraction.reliability).toBeCloseTo(percent.reliability! / 100, 3);
    expect(fraction.conversionCount).toBe(percent.conversionCount);
  });

  it.each(['0', 'origin'] as const)('call the original %s', async (key) => {
    const usual = await sandbox.results(ID);
    sandbox.control.setFaults([{ kind: 'reference-key', key }]);
    const other = await sandbox.results(ID);
    expect(Object.keys(other).sort()).toEqual([key, '901004'].sort());
    expect(other[key]).toEqual(usual['_reference']);
    expect(other['901004']).toEqual(usual['901004']);
  });

  it('count converted visits although people were asked for', async () => {
    const usual = total(await sandbox.results(ID), '901004');
    sandbox.control.setFaults([{ kind: 'converted-visits' }]);
    const other = total(await sandbox.results(ID), '901004');
    expect(other.visitorCount).toBe(usual.visitorCount);
    expect(other.goalsData[GOAL]!.convertedVisitCount).toBeGreaterThan(
      usual.goalsData[GOAL]!.convertedVisitCount,
    );
  });

  it('fall by a share for one experiment, and come back', async () => {
    const usual = await sandbox.results(ID);
    const beside = await sandbox.results(188401);
    sandbox.control.setFaults([{ kind: 'falling-counts', experimentId: ID, share: 0.4 }]);
    const fallen = total(await sandbox.results(ID), '901004');
    const before = total(usual, '901004');
    expect(fallen.visitorCount).toBe(Math.floor(before.visitorCount * 0.6));
    expect(fallen.visitCount).toBeGreaterThanOrEqual(fallen.visitorCount);
    const goal = fallen.goalsData[GOAL]!;
    expect(goal.convertedVisitCount).toBeLessThanOrEqual(goal.conversionCount);
    expect(goal.convertedVisitCount).toBeLessThan(before.goalsData[GOAL]!.convertedVisitCount);
    expect(await sandbox.results(188401)).toEqual(beside);
    sandbox.control.setFaults([]);
    expect(await sandbox.results(ID)).toEqual(usual);
  });
});

describe('a clock that is off', () => {
  const OFFSET_MS = 300_000;

  it.each([OFFSET_MS, -OFFSET_MS])('by %d ms tells every date by it', async (offsetMs) => {
    const usual = (await sandbox.read(`/experiments/${ID}`)) as Record<string, unknown>;
    sandbox.control.setFaults([{ kind: 'clock-off', offsetMs }]);
    const response = await sandbox.send(`/experiments/${ID}`);
    expect(Date.parse(response.headers.get('date')!)).toBe(sandbox.clock.nowMs + offsetMs);
    const row = (await response.json()) as Record<string, unknown>;
    for (const field of ['dateCreated', 'dateModified', 'dateStarted', 'dateStatusModified']) {
      const ms = (of: Record<string, unknown>): number => Date.parse(`${String(of[field])}Z`);
      expect(ms(row) - ms(usual)).toBe(offsetMs);
    }
    const seconds = (of: Record<string, unknown>): number =>
      (of['respoolTime'] as Record<string, number>)['origin']!;
    expect(seconds(row) - seconds(usual)).toBe(offsetMs / 1_000);
    const refused = (await sandbox.read('/experiments/1')) as { timestamp: string };
    expect(Date.parse(`${refused.timestamp}Z`)).toBe(sandbox.clock.nowMs + offsetMs);
  });

  it('takes dates by it: the same people are counted for a question shifted alike', async () => {
    const toIntervals = (shiftMs: number) => ({
      dateIntervals: [
        {
          start: new Date(EPOCH_MS - 3 * 86_400_000 + shiftMs).toISOString(),
          end: new Date(EPOCH_MS - 7_777_000 + shiftMs).toISOString(),
        },
      ],
    });
    const usual = await sandbox.results(ID, toIntervals(0));
    sandbox.control.setFaults([{ kind: 'clock-off', offsetMs: OFFSET_MS }]);
    expect(await sandbox.results(ID, toIntervals(OFFSET_MS))).toEqual(usual);
    expect(await sandbox.results(ID, toIntervals(0))).not.toEqual(usual);
  });

  it('cuts days by it, and loses nobody', async () => {
    const body = { breakdown: { type: 'INTERVAL', interval: 'DAY' }, visitorData: false };
    const visitsByDay = async (): Promise<Record<string, number>> => {
      const rows = (await sandbox.results(ID, body))['901004']!.breakdownData;
      return Object.fromEntries(
        Object.entries(rows).map(([key, { generalData }]) => [key, generalData.visitCount]),
      );
    };
    const sum = (days: Record<string, number>) => Object.values(days).reduce((a, b) => a + b, 0);
    const usual = await visitsByDay();
    sandbox.control.setFaults([{ kind: 'clock-off', offsetMs: OFFSET_MS }]);
    const other = await visitsByDay();
    expect(Object.keys(other)).toEqual(Object.keys(usual));
    expect(sum(other)).toBe(sum(usual));
    expect(other).not.toEqual(usual);
  });

  it('leaves the windows, the tokens and the jobs alone', async () => {
    sandbox.control.setFaults([{ kind: 'clock-off', offsetMs: -7_200_000 }]);
    await sandbox.newToken();
    sandbox.control.setFaults([{ kind: 'clock-off', offsetMs: 7_200_000 }]);
    expect((await sandbox.send('/sites')).status).toBe(200);
    for (let i = 0; i < 60; i += 1) await sandbox.send('/sites');
    expect(sandbox.control.requests().byStatus[200]).toBe(50);
  });
});
