import { describe, expect, it } from 'vitest';
import { formatsFor } from '@/lib/core/words/formats';

const { signedPercent, certainty, chance, weekday, finePoints } = formatsFor('en', 'UTC');

describe('a change in percent', () => {
  it('has a sign, one decimal and a true minus', () => {
    expect([0.176, -0.0202, 1.5].map(signedPercent)).toEqual(['+17.6%', '−2.0%', '+150.0%']);
  });

  it('never reads as zero while it is not: a limit that excludes 0 says so', () => {
    expect([0.0003, -0.00004, 0.00049].map(signedPercent)).toEqual(['+0.03%', '−0.004%', '+0.05%']);
    expect([0.000002, -3e-8, 0, 2e-16].map(signedPercent)).toEqual([
      '+0.0002%',
      '−0.000003%',
      '0.0%',
      '0.0%',
    ]);
  });

  it('is plain zero without a sign', () => {
    expect([0, -0, 1e-10].map(signedPercent)).toEqual(['0.0%', '0.0%', '0.0%']);
  });
});

describe('certainties and chances', () => {
  it('are never 100% or 0%', () => {
    expect([1, 0.99999, 0.9995, 0.9994, 0.972, 0.0005, 0.0004, 0].map(certainty)).toEqual([
      '>99.9%',
      '>99.9%',
      '>99.9%',
      '99.9%',
      '97.2%',
      '0.1%',
      '<0.1%',
      '<0.1%',
    ]);
  });

  it('are never 0 as a p, and 1 only where they are', () => {
    expect([0, 1e-300, 0.00099, 0.001, 0.0312, 0.9999, 1].map(chance)).toEqual([
      '<0.001',
      '<0.001',
      '<0.001',
      '0.001',
      '0.031',
      '>0.999',
      '1',
    ]);
  });
});

describe('days and differences', () => {
  it('names the weekday of a day to come, and of one in another year the year instead', () => {
    const nowMs = Date.UTC(2026, 4, 19);
    expect(weekday(Date.UTC(2026, 4, 21), nowMs)).toBe('Thursday 21 May');
    expect(weekday(Date.UTC(2027, 0, 4), nowMs)).toBe('4 Jan 2027');
  });

  it('gives a difference of rates in points, fine enough to be told', () => {
    expect(finePoints(-0.00104)).toBe('0.10 pp');
  });
});
