import type { Checks } from '@/lib/sandbox/api/checks';
import type { Interval } from '@/lib/sandbox/world/interval-set';

/** `dateIntervals`: one or several windows, which may overlap; undefined (nothing said, or `[]`) is the whole life, a missing end of a window that of the life. */
export function readIntervals(value: unknown, checks: Checks): readonly Interval[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!checks.isList(value, 'dateIntervals') || value.length === 0) return undefined;
  return value.flatMap((item, i) => {
    const path = `dateIntervals[${i}]`;
    if (!checks.isRecord(item, path)) return [];
    const { start, end } = item;
    const startMs = start === undefined ? 0 : readDate(start, `${path}.start`, checks);
    const endMs =
      end === undefined ? Number.MAX_SAFE_INTEGER : readDate(end, `${path}.end`, checks);
    if (startMs === undefined || endMs === undefined) return [];
    if (endMs < startMs) checks.fault(path, 'end is before start');
    return [{ startMs, endMs }];
  });
}

const DATE = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?)?(Z|[+-]\d\d:?\d\d)?$/;

/** ISO; without a zone it is UTC. */
function readDate(value: unknown, path: string, checks: Checks): number | undefined {
  if (!checks.isThere(value, path)) return undefined;
  const match = typeof value === 'string' ? DATE.exec(value) : null;
  const isZoned = match?.[4] !== undefined || match?.[1] === undefined;
  const ms = match === null ? NaN : Date.parse(isZoned ? match[0] : `${match[0]}Z`);
  if (Number.isNaN(ms)) {
    checks.fault(path, 'is not a date');
    return undefined;
  }
  return ms;
}
