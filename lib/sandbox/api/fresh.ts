import { toZonelessSecond } from '@/lib/sandbox/world/buckets';
import type { Row } from '@/lib/sandbox/state/row';

/** Dates of an object just made, to the second as every later read shows them. */
export function toBirthDates(nowMs: number) {
  const date = toZonelessSecond(nowMs);
  return { dateCreated: date, dateModified: date };
}

/** The answer to its creation: the same object, its dates with nine digits of a second more. */
export function toFresh(row: Row, nowMs: number): Row {
  const fraction = String(Math.floor(nowMs) % 1000).padStart(3, '0');
  const date = `${toZonelessSecond(nowMs)}.${fraction}000000`;
  return {
    ...row,
    ...Object.fromEntries(
      ['dateCreated', 'dateModified'].filter((name) => name in row).map((name) => [name, date]),
    ),
  };
}
