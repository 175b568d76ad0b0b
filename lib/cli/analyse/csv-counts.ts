import type { Info } from 'csv-parse/sync';
import { CsvError, parse } from 'csv-parse/sync';
import type { Fault, Spot } from '@/lib/cli/analyse/fault';
import { UnreadableInput, faultAt } from '@/lib/cli/analyse/fault';
import type { ArmField, RawArm, RawCounts, RawLook, Written } from '@/lib/cli/analyse/raw-counts';
import { toArmField } from '@/lib/cli/analyse/raw-counts';

interface Row {
  readonly record: readonly string[];
  readonly line: number;
}

type Column = ArmField | 'at' | 'days' | 'look' | null;

/**
 * CSV counts as they were written: a header, then one variation of one look a row. Commas, semicolons or tabs, as the
 * header has them. Throws `UnreadableInput` where it is no CSV.
 */
export function readCsvCounts(text: string): RawCounts {
  const [header, ...rows] = readRows(text);
  if (header === undefined)
    throw new UnreadableInput(
      faultAt(NOWHERE, 'the input is empty: counts as JSON or CSV expected'),
    );
  const names = header.record.map((name) => name.trim());
  const columns = names.map(toColumn);
  const faults: Fault[] = [];
  const inHeader = (field: string): Spot => ({ line: header.line, column: null, field });
  for (const [told, ...names] of NEEDED)
    if (!names.some((name) => columns.includes(name)))
      faults.push(faultAt(inHeader('header'), `has no column ${told}`));
  columns.forEach((column, place) => {
    if (column !== null && columns.indexOf(column) !== place)
      faults.push(faultAt(inHeader(names[place] ?? ''), `says ${column} a second time`));
  });
  const ignored = names.flatMap((name, place) =>
    columns[place] === null ? [inHeader(name === '' ? `column ${place + 1}` : name)] : [],
  );
  if (faults.length > 0) return { settings: {}, common: [], looks: [], faults, ignored };

  const looks = new Map<string, { readonly look: RawLook; readonly arms: RawArm[] }>();
  for (const { record, line } of rows) {
    if (record.length !== names.length) {
      const message = `has ${record.length} cells where the header has ${names.length}; numbers must not hold a thousand separator`;
      faults.push(faultAt({ line, column: null, field: '' }, message));
      continue;
    }
    const cell = (wanted: Column): Written | null => {
      const place = columns.indexOf(wanted);
      const value = (record[place] ?? '').trim();
      const spot = { line, column: null, field: names[place] ?? '' };
      return place < 0 || value === '' ? null : { spot, value, isText: true };
    };
    const [at, days, look] = [cell('at'), cell('days'), cell('look')];
    const key = JSON.stringify([at, days, look].map((one) => one?.value ?? null));
    const spot: Spot = { line, column: null, field: '' };
    const group = looks.get(key) ?? { look: { spot, at, days, arms: [] }, arms: [] };
    looks.set(key, group);
    const fields: Partial<Record<ArmField, Written>> = {};
    for (const column of columns) {
      const found = cell(column);
      if (found !== null && column !== null && isArmField(column)) fields[column] = found;
    }
    if (fields.name === undefined)
      faults.push(faultAt({ ...spot, field: 'variation' }, 'is empty'));
    group.arms.push({ spot, fields, fallbackName: `arm ${group.arms.length + 1}` });
  }
  if (rows.length === 0) faults.push(faultAt(inHeader(''), 'the header is all there is'));
  const found = [...looks.values()].map(({ look, arms }) => ({ ...look, arms }));
  return { settings: {}, common: [], looks: found, faults, ignored };
}

const NOWHERE: Spot = { line: null, column: null, field: '' };

/** What is told to be missing, and what may stand for it. */
const NEEDED = [
  ['variation', 'name'],
  ['visitors', 'visitors', 'visits'],
  ['conversions', 'conversions', 'orders'],
] as const;

const isArmField = (column: ArmField | 'at' | 'days' | 'look'): column is ArmField =>
  column !== 'at' && column !== 'days' && column !== 'look';

function toColumn(name: string): Column {
  const plain = name.toLowerCase();
  if (plain === 'at' || plain === 'date' || plain === 'asof' || plain === 'time') return 'at';
  if (plain === 'days' || plain === 'day') return 'days';
  return plain === 'look' ? 'look' : toArmField(plain);
}

function readRows(text: string): Row[] {
  const first = text.split('\n', 1)[0] ?? '';
  const count = (sign: string): number => first.split(sign).length;
  const delimiter = [',', ';', '\t'].reduce((best, sign) =>
    count(sign) > count(best) ? sign : best,
  );
  try {
    const rows = parse(text, {
      ...{ delimiter, info: true, skip_empty_lines: true, relax_column_count: true },
      record_delimiter: ['\r\n', '\n', '\r'],
    }) as unknown as { readonly record: string[]; readonly info: Info }[];
    return rows.map(({ record, info }) => ({ record, line: info.lines }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? error['lines'] : null;
    throw new UnreadableInput(
      faultAt({ line, column: null, field: '' }, `not CSV: ${error.message}`),
    );
  }
}
