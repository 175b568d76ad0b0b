import { describe, expect, it } from 'vitest';
import { formatsFor } from '@/lib/core/words/formats';

const { signedPercent } = formatsFor('en', 'UTC');

describe('a change in percent', () => {
  it('has a sign, one decimal and a true minus', () => {
    expect([0.176, -0.0202, 1.5].map(signedPercent)).toEqual(['+17.6%', '−2.0%', '+150.0%']);
  });

  it('never reads as zero while it is not: a limit that excludes 0 says so', () => {
    expect([0.0003, -0.00004, 0.00049].map(signedPercent)).toEqual(['+0.03%', '−0.004%', '+0.05%']);
  });

  it('is plain zero without a sign', () => {
    expect([0, -0, 0.0000001].map(signedPercent)).toEqual(['0.0%', '0.0%', '0.0%']);
  });
});
