/** What the list shows, kept in the address: a filtered list can be shared, and back undoes a choice. */
import {
  FIRST_VIEW,
  LIST_STATUSES,
  MAX_SEARCH,
  REST,
  ROWS,
  type ListFilter,
  type ListView,
} from '@/lib/core/live/list-ask';

/** Takes what it can: an address may be old or mistyped, and a page is better than an error. */
export function parseView(search: URLSearchParams): ListView {
  const project = search.get('project') ?? '';
  const status = search.get('status') ?? '';
  return {
    filter: {
      search: (search.get('find') ?? '').slice(0, MAX_SEARCH),
      project: /^\d{1,19}$/.test(project) ? project : '',
      status: LIST_STATUSES.find((each) => each === status) ?? '',
    },
    rows: parseCount(search.get('rows'), ROWS),
    rest: parseCount(search.get('rest'), REST),
  };
}

export function viewSearch({ filter, rows, rest }: ListView): string {
  const search = new URLSearchParams();
  if (filter.search !== '') search.set('find', filter.search.slice(0, MAX_SEARCH));
  if (filter.project !== '') search.set('project', filter.project);
  if (filter.status !== '') search.set('status', filter.status);
  if (rows !== ROWS.first) search.set('rows', String(rows));
  if (rest !== REST.first) search.set('rest', String(rest));
  return search.size === 0 ? '' : `?${search.toString()}`;
}

/** Another filter begins anew: how much of the last one was shown says nothing about it. */
export const withFilter = (view: ListView, change: Partial<ListFilter>): ListView => ({
  ...FIRST_VIEW,
  filter: { ...view.filter, ...change },
});

/** What to ask the server: spaces at the ends are still being typed. */
export const toAsked = (view: ListView): ListView => ({
  ...view,
  filter: {
    ...view.filter,
    search: view.filter.search.trim().replaceAll(/\s+/g, ' ').slice(0, MAX_SEARCH).trimEnd(),
  },
});

/** Only as many as "Show more" can have led to. */
function parseCount(text: string | null, { first, more, most }: typeof REST): number {
  const n = text !== null && /^\d{1,5}$/.test(text) ? Number(text) : first;
  const steps = Math.ceil((Math.min(Math.max(n, first), most) - first) / more);
  return first + steps * more;
}
