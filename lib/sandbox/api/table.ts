import type { Row } from './row';

/** One kind of object: all rows, what may be filtered and sorted by, and a way to one of them. */
export interface Table {
  readonly rows: readonly Row[];
  /** Names of all fields any of the rows has. */
  readonly fields: ReadonlySet<string>;
  find(id: string): Row | undefined;
}

/** Made when first asked for: a world may have thousands of rows. */
export function createTable(make: () => readonly Row[]): Table {
  let rows: readonly Row[] | undefined;
  let fields: ReadonlySet<string> | undefined;
  let byId: ReadonlyMap<string, Row> | undefined;
  const table: Table = {
    get rows() {
      return (rows ??= make());
    },
    get fields() {
      return (fields ??= toFields(table.rows));
    },
    find: (id) => (byId ??= new Map(table.rows.map((row) => [String(row['id']), row]))).get(id),
  };
  return table;
}

function toFields(rows: readonly Row[]): ReadonlySet<string> {
  const fields = new Set<string>();
  for (const row of rows) for (const field in row) fields.add(field);
  return fields;
}
