/** Narrowing of what came over the wire: each gives the value, or says what it was instead. */
export type Row = Readonly<Record<string, unknown>>;

export const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function asRow(value: unknown): Row {
  if (!isRow(value)) throw new Error(`expected an object, got ${shown(value)}`);
  return value;
}

export function asList(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`expected an array, got ${shown(value)}`);
  return value;
}

export const asRows = (value: unknown): readonly Row[] => asList(value).map(asRow);

export function asNumber(value: unknown): number {
  if (typeof value !== 'number') throw new Error(`expected a number, got ${shown(value)}`);
  return value;
}

export function asText(value: unknown): string {
  if (typeof value !== 'string') throw new Error(`expected a text, got ${shown(value)}`);
  return value;
}

export const numbersOf = (value: unknown): readonly number[] => asList(value).map(asNumber);

/** The first row there is; a fact about rows cannot be shown on none. */
export function first(rows: readonly Row[], what: string): Row {
  const [row] = rows;
  if (!row) throw new Error(`this account has no ${what} to show the fact on`);
  return row;
}

export const idOf = (row: Row): number => asNumber(row['id']);

const shown = (value: unknown): string => JSON.stringify(value)?.slice(0, 300) ?? String(value);
