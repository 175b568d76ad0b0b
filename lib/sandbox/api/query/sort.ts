import { toInvalid } from '@/lib/sandbox/api/api-error';
import { toShown } from '@/lib/sandbox/api/shown';
import { isObject, type Row } from '@/lib/sandbox/state/row';
import { isMissing, orderOf, toDateMs, toText } from './compare';
import type { Fields } from './fields';

export interface Order {
  readonly field: string;
  readonly sign: 1 | -1;
}

/** `sort`: an array of {field, direction}; ascending when nothing is said, earlier entries weigh more. */
export function toOrders(entries: unknown, fields: Fields): readonly Order[] {
  if (!Array.isArray(entries)) throw toInvalid("'sort': must be a JSON array");
  return entries.map((entry: unknown, i) => {
    if (!isObject(entry)) throw toInvalid(`'sort[${i}]': must be an object`);
    const { field, direction } = entry;
    if (typeof field !== 'string' || !fields.has(field))
      throw toInvalid(`'sort[${i}].field': unknown field '${toShown(field)}'`);
    const way = toShown(direction ?? 'ASC').toUpperCase();
    if (way !== 'ASC' && way !== 'DESC')
      throw toInvalid(`'sort[${i}].direction': must be ASC or DESC`);
    return { field, sign: way === 'ASC' ? 1 : -1 };
  });
}

/** Rows that are equal in all fields follow by id; those that lack a field come last, whichever way. */
export function sortRows(rows: readonly Row[], orders: readonly Order[]): readonly Row[] {
  if (orders.length === 0) return rows;
  const keyed = rows.map((row) => ({ row, keys: orders.map(({ field }) => toKey(row[field])) }));
  keyed.sort((a, b) => {
    for (const [i, { sign }] of orders.entries()) {
      const order = compareKeys(a.keys[i]!, b.keys[i]!, sign);
      if (order !== 0) return order;
    }
    return compareKeys(toKey(a.row['id']), toKey(b.row['id']), 1);
  });
  return keyed.map(({ row }) => row);
}

/** Values of one rank are comparable; ranks keep the order whole when a field holds values of several types. */
interface Key {
  readonly rank: number;
  readonly value: number | string;
}

const MISSING: Key = { rank: 9, value: 0 };

function toKey(value: unknown): Key {
  if (isMissing(value)) return MISSING;
  if (typeof value === 'number') return { rank: 0, value };
  if (typeof value === 'boolean') return { rank: 1, value: Number(value) };
  const dateMs = toDateMs(value);
  if (dateMs !== undefined) return { rank: 2, value: dateMs };
  if (Array.isArray(value)) return { rank: 4, value: value.length };
  return { rank: 3, value: toText(value) };
}

function compareKeys(a: Key, b: Key, sign: 1 | -1): number {
  if (a === MISSING || b === MISSING) return Number(a === MISSING) - Number(b === MISSING);
  return sign * (orderOf(a.rank, b.rank) || orderOf(a.value, b.value) || 0);
}
