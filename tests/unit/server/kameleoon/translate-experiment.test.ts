import { describe, expect, it } from 'vitest';
import { toExperiment } from '@/lib/server/kameleoon/translate-experiment';
import { wireExperiment } from '@/lib/server/kameleoon/wire';
import { variationId } from '@/lib/core/experiment/ids';

const directory = {
  sites: new Map([['10001', { id: '10001', name: 'Shop', code: 'abc', url: null }]]),
  goals: new Map([
    ['312001', { id: '312001', name: 'Order', type: 'CUSTOM', hasMultipleConversions: true }],
  ]),
  variationNames: new Map([[variationId(901001), 'Green']]),
};

const live = {
  id: 188400,
  name: 'Checkout button',
  siteId: 10001,
  type: 'CLASSIC',
  status: 'active',
  deviations: { '901002': '0.25', origin: 0.5, '901001': 0.25 },
  variations: [901001, 901002],
  goals: [312001, 312009],
  mainGoalId: 312001,
  trafficAllocationMethod: 'MANUAL',
  autoOptimized: false,
  mvtVariations: [],
  tags: ['checkout'],
  dateStarted: '2026-05-01T08:00:00',
  respoolTime: { origin: 1777622430, '901001': 1777622430 },
  targetingRule: { anything: [1, 2] },
};

const read = (more: Record<string, unknown> = {}) =>
  toExperiment(wireExperiment.parse({ ...live, ...more }), directory);

describe('an experiment in our words', () => {
  it('has its variations in configuration order, the original first', () => {
    expect(read()).toEqual({
      id: '188400',
      name: 'Checkout button',
      project: { id: '10001', name: 'Shop' },
      status: 'active',
      allocation: 'manual',
      isMultivariate: false,
      variations: [
        { id: '0', name: 'Original', isOriginal: true, weight: 0.5 },
        { id: '901001', name: 'Green', isOriginal: false, weight: 0.25 },
        { id: '901002', name: '901002', isOriginal: false, weight: 0.25 },
      ],
      goals: [
        { id: '312001', name: 'Order', kind: 'CUSTOM', hasMultipleConversions: true },
        { id: '312009', name: '312009', kind: '', hasMultipleConversions: false },
      ],
      mainGoalId: '312001',
      tags: ['checkout'],
      startedAtMs: Date.UTC(2026, 4, 1, 8),
      endedAtMs: null,
      statusChangedAtMs: null,
      splitChangedAtMs: null,
    });
  });

  it.each([{ origin: 0, '901001': 1 }, { '901001': 1 }, { origin: null, '901001': '1' }])(
    'has no original where the split gives it nothing: %j',
    (deviations) => {
      const { variations } = read({ deviations, variations: [901001] });
      expect(variations.map(({ id, weight }) => [id, weight])).toEqual([['901001', 1]]);
    },
  );

  it('has an original of unknown weight where the API gave no split', () => {
    expect(read({ deviations: null }).variations[0]).toMatchObject({ id: '0', weight: null });
  });

  it('takes variations from the split where the list is missing', () => {
    const { variations } = read({ variations: undefined });
    expect(variations.map(({ id }) => id).sort()).toEqual(['0', '901001', '901002']);
  });

  it.each<[unknown, string]>([
    ['ACTIVE', 'active'],
    ['Stopped', 'stopped'],
    ['deactivated', 'unknown'],
    ['SOMETHING_NEW', 'unknown'],
    [null, 'unknown'],
    [7, 'unknown'],
  ])('status %s is %s', (status, expected) => {
    expect(read({ status }).status).toBe(expected);
  });

  it.each<[Record<string, unknown>, string]>([
    [{ trafficAllocationMethod: 'MULTI_ARMED_BANDIT' }, 'bandit'],
    [{ trafficAllocationMethod: 'contextual_bandit' }, 'bandit'],
    [{ autoOptimized: true }, 'bandit'],
    [{ trafficAllocationMethod: null, autoOptimized: false }, 'manual'],
    [{ trafficAllocationMethod: null, autoOptimized: null }, 'unknown'],
    [{ trafficAllocationMethod: 'ORACLE' }, 'unknown'],
  ])('%j is %s', (more, expected) => {
    expect(read(more).allocation).toBe(expected);
  });

  it('knows multivariate tests by type or by their parts', () => {
    expect(read({ type: 'MVT' }).isMultivariate).toBe(true);
    expect(read({ mvtVariations: [{}] }).isMultivariate).toBe(true);
  });

  it('sees a change of split only where it comes after the start', () => {
    const startS = Date.UTC(2026, 4, 1, 8) / 1000;
    expect(read({ respoolTime: { origin: startS + 60 } }).splitChangedAtMs).toBeNull();
    expect(read({ respoolTime: { origin: startS + 30, '901001': startS + 4000 } })).toMatchObject({
      splitChangedAtMs: (startS + 4000) * 1000,
    });
    expect(read({ respoolTime: { origin: 9 }, dateStarted: undefined })).toMatchObject({
      splitChangedAtMs: null,
      startedAtMs: null,
    });
  });

  it('keeps the main goal where the list of goals is missing', () => {
    expect(read({ goals: [] }).goals.map(({ id }) => id)).toEqual(['312001']);
  });

  it('lives with a row of nothing but an id', () => {
    expect(toExperiment(wireExperiment.parse({ id: 5 }), directory)).toMatchObject({
      id: '5',
      name: '5',
      project: { id: '', name: '' },
      goals: [],
      mainGoalId: null,
    });
  });

  it('refuses an id that JSON has already falsified', () => {
    expect(wireExperiment.safeParse({ ...live, id: 2 ** 60 }).success).toBe(false);
  });
});
