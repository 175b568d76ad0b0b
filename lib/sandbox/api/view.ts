import type { Kind } from '@/lib/sandbox/state/kind';
import type { Row } from '@/lib/sandbox/state/row';
import { toToldRow } from '@/lib/sandbox/state/told-row';
import type { Exchange } from './exchange';
import { toSegmentView } from './segments/segment-view';

/** What is empty unless asked for with `optionalFields`, with what it is then. */
const OPTIONAL: Readonly<Partial<Record<Kind, Row>>> = {
  experiments: { goals: [], tags: [] },
  segments: { experiments: [], personalizations: [] },
};

/** `optionalFields=goals,tags`, or the parameter repeated. */
export function toOptionalFields(url: string): ReadonlySet<string> {
  const values = new URL(url).searchParams.getAll('optionalFields');
  return new Set(values.flatMap((value) => value.split(',')).map((field) => field.trim()));
}

/** A row as a GET shows it: optional fields empty unless asked for, dates by the server's clock. */
export function toView(
  kind: Kind,
  row: Row,
  asked: ReadonlySet<string>,
  { offsetMs }: Exchange,
): Row {
  const emptied = Object.entries(OPTIONAL[kind] ?? {}).filter(
    ([field]) => !asked.has(field) && row[field] !== undefined,
  );
  const whole = kind === 'segments' ? toSegmentView(row) : row;
  return toToldRow({ ...whole, ...Object.fromEntries(emptied) }, offsetMs);
}
