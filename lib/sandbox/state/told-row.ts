import { toZonelessSecond } from '@/lib/sandbox/world/buckets';
import { isObject, type Row } from './row';

/** A row as a server tells it whose clock is off by `offsetMs`: every date it holds is moved. */
export function toToldRow(row: Row, offsetMs: number): Row {
  if (offsetMs === 0) return row;
  return Object.fromEntries(
    Object.entries(row).map(([field, value]) => [field, toTold(field, value, offsetMs)]),
  );
}

const DATE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?$/;

function toTold(field: string, value: unknown, offsetMs: number): unknown {
  if (field === 'respoolTime' && isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, seconds]) => [
        key,
        Math.floor((Number(seconds) * 1000 + offsetMs) / 1000),
      ]),
    );
  }
  const date = field.startsWith('date') && typeof value === 'string' ? DATE.exec(value) : null;
  if (date === null) return value;
  return `${toZonelessSecond(Date.parse(`${date[1]}Z`) + offsetMs)}${date[2] ?? ''}`;
}
