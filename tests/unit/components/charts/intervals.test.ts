import { describe, expect, it } from 'vitest';
import { narrowTicks, toBarShape, toIntervalScale } from '@/components/charts/interval-scale';

const value = (at: number, lower: number | null, upper: number | null) => ({
  value: at,
  interval: { lower, upper },
});

describe('the scale of the interval bars', () => {
  it('is one for all rows, with at least three ticks and zero among them', () => {
    for (const [low, high] of [
      [0.05, 0.31],
      [-0.2, -0.01],
      [-0.003, 0.004],
      [-0.9, 1.9],
      [0.001, 0.0012],
    ] as const) {
      const { ticks, domain } = toIntervalScale([value((low + high) / 2, low, high)]);
      expect(ticks).toContain(0);
      expect(ticks.length).toBeGreaterThanOrEqual(3);
      expect(domain[0]).toBeLessThanOrEqual(low);
      expect(domain[1]).toBeGreaterThanOrEqual(high);
    }
  });

  it('is not flattened by one interval that runs far out; its bar says that it goes on', () => {
    const wild = value(0.4, -0.9, 40);
    const scale = toIntervalScale([wild, value(0.05, -0.1, 0.2)]);
    expect(scale.domain[1]).toBeLessThan(3);
    expect(toBarShape(wild, scale)).toMatchObject({ isOpenHigh: true, isOpenLow: false, to: 1 });
  });

  it('stands even when nothing has an interval', () => {
    expect(toIntervalScale([]).ticks).toContain(0);
  });
});

describe('an interval without limit', () => {
  it('reaches the edge and is open there', () => {
    const half = value(0.5, -0.1, null);
    const bar = toBarShape(half, toIntervalScale([half]));
    expect(bar).toMatchObject({ to: 1, isOpenHigh: true, isOpenLow: false });
    expect(bar?.at).toBeLessThan(0.95);
  });
});

describe('tick labels in the narrow column', () => {
  it('keep zero and leave out what would touch', () => {
    const scale = { domain: [-0.004, 0.006], ticks: [-0.0025, 0, 0.0025, 0.005] } as const;
    const label = (value: number) => (value === 0 ? '0' : `+${(value * 100).toFixed(2)}%`);
    expect([...narrowTicks(scale, label)].toSorted((a, b) => a - b)).toEqual([-0.0025, 0, 0.0025]);
  });

  it('keep all that have room', () => {
    const scale = { domain: [-0.2, 0.2], ticks: [-0.1, 0, 0.1] } as const;
    expect(narrowTicks(scale, (value) => `${value * 100}%`).size).toBe(3);
  });
});
