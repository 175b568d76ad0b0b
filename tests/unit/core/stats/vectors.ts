import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Tolerance } from '@/lib/cli/vectors/tolerance';

export interface ReferenceCase {
  readonly id: string;
  readonly note?: string;
  readonly input: unknown;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly tol?: Readonly<Record<string, number>>;
}

/** Reads a group of the reference vectors; each file says where its numbers come from. */
export function readVectors(group: string): {
  readonly accept: Readonly<Record<string, number | string>>;
  readonly cases: readonly ReferenceCase[];
} {
  const file = group.replaceAll('_', '-');
  const url = new URL(`../../../fixtures/stats/${file}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8'));
}

/** The largest accepted error so far, by group: shows how far inside the tolerance the code is. */
export const worst = new Map<string, number>();

/**
 * Holds one value, pair or nested value to its reference: within abs or rel, and null exactly where null is due.
 * Apart from `lib/cli/vectors/hold` on purpose: were that blind, this would still see.
 */
export function holdTo(
  actual: unknown,
  expected: unknown,
  toleranceFor: (field: string) => Tolerance,
  name: string,
  field = '',
): void {
  if (Array.isArray(expected)) {
    expect(Array.isArray(actual), `${name} is a list`).toBe(true);
    const list = actual as unknown[];
    expect(list.length, name).toBe(expected.length);
    expected.forEach((value, i) => holdTo(list[i], value, toleranceFor, `${name}[${i}]`, field));
  } else if (typeof expected === 'object' && expected !== null) {
    for (const [key, value] of Object.entries(expected)) {
      expect(actual, name).toHaveProperty([key]);
      const inner = (actual as Record<string, unknown>)[key];
      holdTo(inner, value, toleranceFor, `${name}.${key}`, key);
    }
  } else if (typeof expected !== 'number') {
    expect(actual, name).toBe(expected);
  } else {
    expect(typeof actual, name).toBe('number');
    const { abs, rel, exact } = toleranceFor(field);
    const off = Math.abs((actual as number) - expected);
    const relative = expected === 0 ? Infinity : off / Math.abs(expected);
    const isWithin = exact === true ? off === 0 : off <= abs || relative <= rel;
    expect(isWithin, `${name}: ${String(actual)} instead of ${expected}`).toBe(true);
    const group = name.split('-')[0] ?? name;
    worst.set(group, Math.max(worst.get(group) ?? 0, Math.min(off, relative)));
  }
}
