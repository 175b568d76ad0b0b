import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** Reads a group of the reference vectors; `tests/fixtures` says where they come from. */
export function readVectors<Case>(file: string): {
  readonly accept: Readonly<Record<string, number | string>>;
  readonly cases: readonly (Case & { readonly id: string; readonly note?: string })[];
} {
  const url = new URL(`../../../fixtures/stats/${file}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8'));
}

export interface Accept {
  readonly rel?: number;
  readonly abs?: number;
}

export interface CountsIn {
  readonly visitors: number;
  readonly conversions: number;
}

/** The largest accepted error so far, by name: shows how far inside the tolerance the code is. */
export const worst = new Map<string, number>();

/** Holds one value, pair or nested value to its reference: within abs or rel, and null exactly where null is due. */
export function holdTo(actual: unknown, expected: unknown, accept: Accept, name: string): void {
  if (expected === null || typeof expected === 'boolean' || typeof expected === 'string') {
    expect(actual, name).toBe(expected);
  } else if (Array.isArray(expected)) {
    expect(Array.isArray(actual), `${name} is a list`).toBe(true);
    const list = actual as unknown[];
    expect(list.length, name).toBe(expected.length);
    expected.forEach((value, i) => holdTo(list[i], value, accept, `${name}[${i}]`));
  } else if (typeof expected === 'object') {
    for (const [key, value] of Object.entries(expected as object)) {
      expect(actual, name).toHaveProperty([key]);
      holdTo((actual as Record<string, unknown>)[key], value, accept, `${name}.${key}`);
    }
  } else {
    const want = expected as number;
    expect(typeof actual, name).toBe('number');
    const off = Math.abs((actual as number) - want);
    const relative = want === 0 ? Infinity : off / Math.abs(want);
    const isWithin = off <= (accept.abs ?? 0) || relative <= (accept.rel ?? 0);
    expect(isWithin, `${name}: ${String(actual)} instead of ${want}`).toBe(true);
    const error = Math.min(off, relative);
    const group = name.split(/[-.]/)[0] ?? name;
    worst.set(group, Math.max(worst.get(group) ?? 0, error));
  }
}
