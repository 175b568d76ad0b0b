/** What a filter finds, beside what a plain predicate finds. */
import { expect } from 'vitest';
import type { Api } from './api';
import { idOf, type Row } from './shape';

export const found = async (
  api: Api,
  path: string,
  ...terms: readonly Term[]
): Promise<number[]> => {
  const filter = terms.map(([field, operator, ...parameters]) => ({ field, operator, parameters }));
  const rows = await api.list(path, { filter, perPage: 200 });
  return rows.map(idOf).toSorted((a, b) => a - b);
};
export type Term = readonly [field: string, operator: string, ...parameters: unknown[]];

export const idsWhere = (rows: readonly Row[], holds: (row: Row) => boolean): number[] =>
  rows
    .filter(holds)
    .map(idOf)
    .toSorted((a, b) => a - b);

/** The filter finds the experiments that the predicate finds. */
export async function agree(api: Api, term: Term, holds: (row: Row) => boolean): Promise<void> {
  const rows = await api.list('/experiments', { perPage: 200 });
  expect([term, await found(api, '/experiments', term)]).toEqual([term, idsWhere(rows, holds)]);
}

export const middleId = async (api: Api): Promise<number> => {
  const ids = idsWhere(await api.list('/experiments', { perPage: 200 }), () => true);
  return ids[Math.floor(ids.length / 2)] ?? 0;
};
