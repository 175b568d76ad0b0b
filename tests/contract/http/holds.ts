import { expect } from 'vitest';
import type { Api } from './api';
import { LIVE } from './mode';
import { first, type Row } from './shape';

/** Every value of a field in a list passes; in the sandbox there is one. */
export async function holds(
  api: Api,
  path: string,
  field: string,
  check: (value: unknown, row: Row) => void,
): Promise<void> {
  const all = await api.list(path, { perPage: 100 });
  first(all, path);
  const rows = all.filter((row) => row[field] != null);
  if (!LIVE) expect([field, rows.length > 0]).toEqual([field, true]);
  for (const row of rows) check(row[field], row);
}
