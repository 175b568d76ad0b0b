import 'server-only';
import {
  LIST_GROUPS,
  LIST_STATUSES,
  MAX_RUN,
  MAX_SEARCH,
  REST,
  ROWS,
  type ListAsk,
  type ListFilter,
} from '@/lib/core/live/list-ask';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import { refuseUnknown } from '@/lib/server/http/input';

const RUN_FIELDS = ['group', 'offset', 'limit'] as const;
const VIEW_FIELDS = ['rows', 'rest'] as const;
const FILTER_FIELDS = ['search', 'project', 'status'] as const;

const FIRST_RUN = 50;
/** No list is longer; more digits would be no number. */
const MAX_OFFSET = 1_000_000;

const invalid = (field: string, detail: string): never => {
  throw new ProblemError(toProblem('invalid-input', detail, { field }));
};

/**
 * What is asked of the list. A filter (`search`, `project`, `status`) goes with either the beginnings of all groups
 * (`rows` and `rest`: how many of each) or one run of rows (`group`, `offset`, `limit`).
 */
export function readListAsk(_params: unknown, query: URLSearchParams): ListAsk {
  refuseUnknown(query, [...FILTER_FIELDS, ...RUN_FIELDS, ...VIEW_FIELDS]);
  for (const name of new Set(query.keys()))
    if (query.getAll(name).length > 1) invalid(name, 'may be given once');
  const filter = readFilter(query);
  if (!RUN_FIELDS.some((field) => query.has(field)))
    return {
      kind: 'view',
      filter,
      rows: readNumber(query, 'rows', { min: 1, max: ROWS.most, otherwise: ROWS.first }),
      rest: readNumber(query, 'rest', { min: 0, max: REST.most, otherwise: REST.first }),
    };
  for (const field of VIEW_FIELDS)
    if (query.has(field)) invalid(field, `does not go with ${RUN_FIELDS.join(', ')}`);
  return {
    kind: 'run',
    filter,
    group: query.has('group') ? readOneOf(query, 'group', LIST_GROUPS) : null,
    offset: readNumber(query, 'offset', { min: 0, max: MAX_OFFSET, otherwise: 0 }),
    limit: readNumber(query, 'limit', { min: 1, max: MAX_RUN, otherwise: FIRST_RUN }),
  };
}

function readFilter(query: URLSearchParams): ListFilter {
  const search = query.get('search') ?? '';
  if (search.length > MAX_SEARCH) invalid('search', `at most ${MAX_SEARCH} characters`);
  const project = query.get('project') ?? '';
  if (!/^\d{0,19}$/.test(project)) invalid('project', 'a project id has digits only');
  const status = query.get('status') ? readOneOf(query, 'status', LIST_STATUSES) : '';
  return { search, project, status };
}

function readOneOf<T extends string>(
  query: URLSearchParams,
  field: string,
  known: readonly T[],
): T {
  const text = query.get(field) ?? '';
  return known.find((each) => each === text) ?? invalid(field, `one of ${known.join(', ')}`);
}

function readNumber(
  query: URLSearchParams,
  field: string,
  { min, max, otherwise }: { min: number; max: number; otherwise: number },
): number {
  const text = query.get(field);
  if (text === null) return otherwise;
  const n = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
  return n >= min && n <= max ? n : invalid(field, `a whole number from ${min} to ${max}`);
}
