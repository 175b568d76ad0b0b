import { isObject, type Row } from '@/lib/sandbox/state/row';

/** When its first schedule begins, epoch ms; undefined without one that can be read. A date without a zone is UTC. */
export function toPlannedStart(row: Row): number | undefined {
  const { schedules } = row;
  const [first] = Array.isArray(schedules) ? (schedules as readonly unknown[]) : [];
  const start = isObject(first) ? first['dateStart'] : undefined;
  if (typeof start !== 'string') return undefined;
  const startMs = Date.parse(/[zZ]$|[+-]\d\d:?\d\d$/.test(start) ? start : `${start}Z`);
  return Number.isNaN(startMs) ? undefined : startMs;
}
