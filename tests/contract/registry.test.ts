import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readClaims } from './claims';
import { ALL_FACTS } from './facts/all';
import { contractTable, KNOWN_SECTIONS, TABLE_FILE, untestedFacts } from './table';

const claims = readClaims();

describe('the facts of the API', () => {
  it('are many, each with an id of its own in a section of the sheet', () => {
    expect(ALL_FACTS.length).toBeGreaterThan(300);
    expect(new Set(ALL_FACTS.map(({ id }) => id)).size).toBe(ALL_FACTS.length);
    expect([...new Set(ALL_FACTS.map(({ section }) => section))].toSorted()).toEqual(
      KNOWN_SECTIONS.toSorted(),
    );
  });

  it('have a test, but for a tenth at most', () => {
    expect(untestedFacts().length / ALL_FACTS.length).toBeLessThanOrEqual(0.1);
  });

  it('name what is missing where they have none', () => {
    const silent = untestedFacts().filter(({ missing }) => (missing ?? '').length < 20);
    expect(silent).toEqual([]);
  });

  it('are each held by a test where they say so, and by none where not', () => {
    const meant = ALL_FACTS.filter(({ test }) => test !== 'none').map(({ id }) => id);
    expect(meant.filter((id) => !claims.has(id))).toEqual([]);
    expect([...claims.keys()].filter((id) => !meant.includes(id))).toEqual([]);
  });

  it('stand in docs/contract.md as they are', async () => {
    expect(readFileSync(TABLE_FILE, 'utf8')).toBe(await contractTable());
  });
});
