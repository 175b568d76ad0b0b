import type { Row } from './row';

/** All objects of one kind, whole (goals and tags included), in the order they were created. */
export interface Collection {
  readonly rows: readonly Row[];
  /** Names of all fields any of the rows has. */
  readonly fields: ReadonlySet<string>;
  /** Grows with every change: what was derived from an older one is out of date. */
  readonly revision: number;
  find(id: string | number): Row | undefined;
  /** Adds a row, or takes the place of the one with the same id. */
  put(row: Row): void;
  remove(id: string | number): void;
  /** What differs from the seeds. */
  save(): SavedCollection;
}

export interface SavedCollection {
  readonly put: readonly Row[];
  readonly removed: readonly string[];
}

/** `seeds` is called when rows are first asked for: a world may have thousands. `onChange`: after every change. */
export function createCollection(
  seeds: () => readonly Row[],
  onChange: () => void,
  saved: SavedCollection = { put: [], removed: [] },
): Collection {
  const changed = new Map(saved.put.map((row) => [idOf(row), row]));
  const removed = new Set(saved.removed);
  let byId: Map<string, Row> | undefined;
  let rows: readonly Row[] | undefined;
  let fields: ReadonlySet<string> | undefined;
  let revision = 0;

  function all(): Map<string, Row> {
    if (byId === undefined) {
      byId = new Map(seeds().map((row) => [idOf(row), row]));
      for (const id of removed) byId.delete(id);
      for (const [id, row] of changed) byId.set(id, row);
    }
    return byId;
  }

  function tell(): void {
    revision += 1;
    rows = undefined;
    fields = undefined;
    onChange();
  }

  return {
    get rows() {
      return (rows ??= [...all().values()]);
    },
    get fields() {
      return (fields ??= toFields(all().values()));
    },
    get revision() {
      return revision;
    },
    find: (id) => all().get(String(id)),
    put: (row) => {
      all().set(idOf(row), row);
      changed.set(idOf(row), row);
      removed.delete(idOf(row));
      tell();
    },
    remove: (id) => {
      if (!all().delete(String(id))) return;
      changed.delete(String(id));
      removed.add(String(id));
      tell();
    },
    save: () => ({ put: [...changed.values()], removed: [...removed] }),
  };
}

const idOf = (row: Row): string => String(row['id']);

function toFields(rows: Iterable<Row>): ReadonlySet<string> {
  const fields = new Set<string>();
  for (const row of rows) for (const field in row) fields.add(field);
  return fields;
}
