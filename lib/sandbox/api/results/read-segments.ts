import { isSet, type Checks } from '@/lib/sandbox/api/checks';
import { toShown } from '@/lib/sandbox/api/shown';
import type { Row } from '@/lib/sandbox/state/row';
import { BUCKET_UNITS } from '@/lib/sandbox/world/buckets';
import { CUSTOM_DATUM_INDEX } from '@/lib/sandbox/world/people';
import type { Breakdown } from '@/lib/sandbox/world/report';
import {
  SEGMENT_VALUES,
  type SegmentFilter,
  type SegmentType,
} from '@/lib/sandbox/world/segment-filter';

/**
 * `breakdown`: what the rows of the answer are; undefined when nothing, or nothing fit, was said. `CROSS_CAMPAIGN` is
 * taken because clients send it, but how its rows are called was never seen: it answers the totals, as if not said.
 */
export function readBreakdown(value: unknown, checks: Checks): Breakdown | undefined {
  if (value === undefined || value === null) return undefined;
  if (!checks.isRecord(value, 'breakdown')) return undefined;
  if (value['type'] === 'INTERVAL') {
    const unit = value['interval'];
    return checks.isOneOf(unit, 'breakdown.interval', BUCKET_UNITS)
      ? { type: 'INTERVAL', unit }
      : undefined;
  }
  if (value['type'] === 'CROSS_CAMPAIGN') {
    for (const field of ['experiments', 'personalizations'])
      checkIds(value[field], `breakdown.${field}`, checks);
    return undefined;
  }
  const type = readType(value, 'breakdown', checks);
  return type === undefined ? undefined : { type };
}

function checkIds(value: unknown, path: string, checks: Checks): void {
  if (!isSet(value) || !checks.isList(value, path)) return;
  value.forEach((id, i) => checks.isNumber(id, `${path}[${i}]`, 0));
}

/** `filters`: all of them hold together. */
export function readFilters(value: unknown, checks: Checks): readonly SegmentFilter[] {
  if (value === undefined || value === null) return [];
  if (!checks.isList(value, 'filters')) return [];
  return value.flatMap((item, i) => {
    const path = `filters[${i}]`;
    if (!checks.isRecord(item, path)) return [];
    const type = readType(item, path, checks);
    const { include } = item;
    const isFlag = checks.isFlag(include, `${path}.include`);
    if (type === undefined || !isFlag) return [];
    return [{ type, include, values: readValues(item['values'], type, `${path}.values`, checks) }];
  });
}

const TYPES = Object.keys(SEGMENT_VALUES) as SegmentType[];

/** The type of a breakdown or a filter; a custom datum needs its index. */
function readType(of: Row, path: string, checks: Checks): SegmentType | undefined {
  const { type, index } = of;
  if (!checks.isThere(type, `${path}.type`)) return undefined;
  const known = TYPES.find((candidate) => candidate === type);
  if (known === undefined) checks.fault(`${path}.type`, `unknown type '${toShown(type)}'`);
  if (known === 'CUSTOM_DATUM' && checks.isThere(index, `${path}.index`)) {
    if (!Number.isInteger(index)) checks.fault(`${path}.index`, 'must be a whole number');
    else if (index !== CUSTOM_DATUM_INDEX)
      checks.fault(`${path}.index`, `no custom datum with index ${toShown(index)}`);
  }
  return known;
}

/** Values of another type, or of none, would leave everybody out without a word. */
function readValues(
  values: unknown,
  type: SegmentType,
  path: string,
  checks: Checks,
): readonly string[] {
  if (!Array.isArray(values) || values.length === 0) {
    checks.fault(path, 'must not be empty');
    return [];
  }
  return values.map((value: unknown, i) => {
    const name = toShown(value).toUpperCase();
    if (!SEGMENT_VALUES[type].includes(name))
      checks.fault(`${path}[${i}]`, `unknown value '${toShown(value)}'`);
    return name;
  });
}
