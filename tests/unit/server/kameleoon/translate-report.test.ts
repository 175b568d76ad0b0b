import { describe, expect, it } from 'vitest';
import { ORIGINAL } from '@/lib/core/experiment/ids';
import { isProblemError } from '@/lib/core/problem/problem';
import type { ReportRequest } from '@/lib/server/kameleoon/client';
import { toReportBody } from '@/lib/server/kameleoon/report-body';
import { toSnapshot } from '@/lib/server/kameleoon/translate-report';
import { wireReport } from '@/lib/server/kameleoon/wire';
import type { ArmShape } from './builders';
import { B, GOAL, aRequest, anExperiment, wireReportOf } from './builders';

const read = (arms: Record<string, ArmShape>, request: ReportRequest = aRequest()) =>
  toSnapshot(wireReport.parse(wireReportOf(arms)), request, 42);

const refusal = (arms: Record<string, ArmShape>, request?: ReportRequest): string => {
  try {
    read(arms, request);
  } catch (error) {
    if (isProblemError(error) && error.problem.code === 'upstream-unreadable')
      return error.problem.detail;
    throw error;
  }
  return expect.fail('it was believed');
};

const goalRow = (conversions: unknown, converted: unknown, more = {}) => ({
  [GOAL]: { conversionCount: conversions, convertedVisitCount: converted, ...more },
});

describe('the body of a report request', () => {
  it('asks for people, all variations and all goals, without an interval', () => {
    expect(toReportBody(aRequest())).toEqual({
      goalsIds: [312001],
      referenceVariationId: '0',
      visitorData: true,
      allVariationsData: true,
      conversionType: 'CONVERTED_VISITS',
    });
  });
  it('asks for a past moment by an interval from the start, in zone-less UTC', () => {
    const request = aRequest({ unit: 'visits', endMs: Date.UTC(2026, 4, 15, 12, 30, 5, 700) });
    expect(toReportBody(request)).toMatchObject({
      visitorData: false,
      dateIntervals: [{ start: '2026-05-01T00:00:00', end: '2026-05-15T12:30:05' }],
    });
  });
  it('knows no past of what has not started', () => {
    const request = aRequest({ experiment: anExperiment({ startedAtMs: null }), endMs: 1 });
    expect(() => toReportBody(request)).toThrow(/has no past/);
  });
});

describe('a snapshot', () => {
  it.each(['_reference', '0', 'origin'])('knows the original under the key %s', (key) => {
    const { arms, asOfMs, unit } = read({ [B]: {}, [key]: { visitors: 900 } });
    expect(asOfMs).toBe(42);
    expect(unit).toBe('visitors');
    expect(arms.map((arm) => [arm.variationId, arm.visitors])).toEqual([
      [ORIGINAL, 900],
      [B, 1000],
    ]);
    expect(arms[0]?.goals[GOAL]).toEqual({
      conversions: 60,
      converted: 50,
      revenue: null,
      platform: { rate: null, lift: null, reliability: null },
    });
  });

  it('normalises the platform figures to fractions, whatever unit they came in', () => {
    const arms = (scale: number): Record<string, ArmShape> => ({
      _reference: { goals: goalRow(60, 50, { conversionRate: 0.05 * scale }) },
      [B]: {
        goals: goalRow(80, 60, {
          conversionRate: 0.06 * scale,
          improvementRate: 0.2 * scale,
          reliability: 0.86 * scale,
          revenueCount: 12.5,
        }),
      },
    });
    for (const scale of [1, 100]) {
      const goal = read(arms(scale)).arms[1]?.goals[GOAL];
      expect(goal?.revenue).toBe(12.5);
      expect(goal?.platform.rate).toBeCloseTo(0.06);
      expect(goal?.platform.lift).toBeCloseTo(0.2);
      expect(goal?.platform.reliability).toBeCloseTo(0.86);
    }
  });

  it('finds the unit of lifts by itself where it differs from the rates', () => {
    const goal = read({
      _reference: { goals: goalRow(60, 50, { conversionRate: 0.05 }) },
      [B]: { goals: goalRow(80, 60, { conversionRate: 0.06, improvementRate: 20 }) },
    }).arms[1]?.goals[GOAL];
    expect(goal?.platform).toMatchObject({ rate: 0.06, lift: 0.2 });
  });

  it('gives no platform figures where the counts cannot tell the unit', () => {
    const figures = { conversionRate: 0, improvementRate: 0, reliability: 50 };
    const goal = read({
      _reference: { goals: goalRow(0, 0, figures) },
      [B]: { goals: goalRow(0, 0, figures) },
    }).arms[1]?.goals[GOAL];
    expect(goal?.platform).toEqual({ rate: null, lift: null, reliability: null });
  });

  it('holds zeros for what nobody has seen yet', () => {
    const { arms } = read({});
    expect(arms.map(({ visitors, visits }) => [visitors, visits])).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(arms[0]?.goals[GOAL]).toMatchObject({ conversions: 0, converted: 0 });
    expect(read({ _reference: {} }).arms[1]).toMatchObject({ variationId: B, visitors: 0 });
  });

  it('lives with null leaves', () => {
    const { arms } = read({
      _reference: { visits: null, goals: goalRow(null, null) },
      [B]: { visitors: null, visits: '1200', goals: { [GOAL]: null } },
    });
    expect(arms).toMatchObject([
      { visitors: 1000, visits: 1000, goals: { [GOAL]: { conversions: 0, converted: 0 } } },
      { visitors: 1200, visits: 1200, goals: { [GOAL]: { conversions: 0, converted: 0 } } },
    ]);
  });

  it('lets through more converted than visitors: it shows that visits were counted', () => {
    const { arms } = read({ _reference: {}, [B]: { goals: goalRow(1100, 1001) } });
    expect(arms[1]?.goals[GOAL]?.converted).toBe(1001);
  });

  it('keeps a variation that was counted and is no longer configured', () => {
    expect(read({ _reference: {}, [B]: {}, '7': {} }).arms.map((arm) => arm.variationId)).toEqual([
      '0',
      B,
      '7',
    ]);
  });

  it('leaves out a goal that no arm reports', () => {
    const { arms } = read({ _reference: { goals: {} }, [B]: { goals: {} } });
    expect(arms[0]?.goals).toEqual({});
  });

  it.each<[string, ArmShape, RegExp]>([
    ['more visitors than visits', { visitors: 1300 }, /more visitors than visits/],
    ['a negative count', { visitors: -1 }, /no count/],
    ['half a visit', { visits: 1200.5 }, /no count/],
    ['more converted than visits', { goals: goalRow(1300, 1201) }, /more converted/],
    ['negative conversions', { goals: goalRow(-1, 0) }, /no count/],
    ['conversions of nobody known', { goals: goalRow(5, null) }, /without the number/],
  ])('is not made of %s', (_, arm, words) => {
    expect(refusal({ _reference: {}, [B]: arm })).toMatch(words);
  });

  it('is not made without the original while others are counted', () => {
    expect(refusal({ [B]: {} })).toMatch(/original is missing/);
    const bandit = anExperiment({ variations: anExperiment().variations.slice(1) });
    expect(read({ [B]: {} }, aRequest({ experiment: bandit })).arms).toHaveLength(1);
  });

  it('is not made of two originals, or of parts', () => {
    expect(refusal({ _reference: {}, '0': {}, [B]: {} })).toMatch(/twice/);
    const split = wireReportOf();
    const parts = split.variationData[B]?.breakdownData as Record<string, unknown>;
    parts.PHONE = parts._reference;
    expect(() => toSnapshot(wireReport.parse(split), aRequest(), 1)).toThrow(/split/);
  });

  it.each([{ visits: 'NaN' }, { visits: 'many' }, { visitors: {} }])(
    'does not fit its form with %j',
    (arm) => {
      expect(wireReport.safeParse(wireReportOf({ [B]: arm })).success).toBe(false);
    },
  );
});
