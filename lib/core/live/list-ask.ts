/** What can be asked of the list of experiments: which of them, and which rows of those. */

/** By what to do about an experiment, in the order of the page. Names as the API's `group` takes them. */
export const LIST_GROUPS = ['act-now', 'decide', 'close', 'running', 'unread', 'at-rest'] as const;
export type ListGroup = (typeof LIST_GROUPS)[number];

export const LIST_STATUSES = ['active', 'paused', 'stopped', 'draft'] as const;

/** Empty text leaves a part open. */
export interface ListFilter {
  /** Words, each of which must be found in name, id, main goal, project or tags; see `matchesSearch`. */
  readonly search: string;
  /** A project's id. */
  readonly project: string;
  /** One of `LIST_STATUSES`. */
  readonly status: string;
}

export const NO_FILTER: ListFilter = { search: '', project: '', status: '' };

export const isFiltered = ({ search, project, status }: ListFilter): boolean =>
  search !== '' || project !== '' || status !== '';

/** The beginning of every group at once: what a page shows. */
export interface ListView {
  readonly filter: ListFilter;
  /** Rows of each group that may need somebody. */
  readonly rows: number;
  /** Rows of what is at rest, of which there may be thousands. */
  readonly rest: number;
}

/** Some rows in a row, of one group or (null) of all. */
export interface ListRun {
  readonly filter: ListFilter;
  readonly group: ListGroup | null;
  readonly offset: number;
  readonly limit: number;
}

export type ListAsk = ({ readonly kind: 'view' } & ListView) | ({ readonly kind: 'run' } & ListRun);

export const MAX_SEARCH = 200;
/** A run is at most this long. */
export const MAX_RUN = 200;

export const ROWS = { first: 200, more: 200, most: 1_000 };
export const REST = { first: 20, more: 50, most: 1_020 };

export const FIRST_VIEW: ListView = { filter: NO_FILTER, rows: ROWS.first, rest: REST.first };

export const FIRST_ASK: ListAsk = { kind: 'view', ...FIRST_VIEW };

/** How many rows of a group a view asks for. */
export const rowsOf = (view: Pick<ListView, 'rows' | 'rest'>, group: ListGroup): number =>
  group === 'at-rest' ? view.rest : view.rows;
