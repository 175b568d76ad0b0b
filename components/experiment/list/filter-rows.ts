/** What is looked for, kept in the address: a filtered list can be shared, and back undoes a choice. */
import type { Row } from '@/components/experiment/list/to-rows';

export interface ListFilter {
  readonly text: string;
  /** A project's name; empty: all. */
  readonly project: string;
  /** A status; empty: all. */
  readonly status: string;
}

export const NO_FILTER: ListFilter = { text: '', project: '', status: '' };

export const parseFilter = (search: URLSearchParams): ListFilter => ({
  text: search.get('find') ?? '',
  project: search.get('project') ?? '',
  status: search.get('status') ?? '',
});

export function filterSearch({ text, project, status }: ListFilter): string {
  const search = new URLSearchParams();
  if (text !== '') search.set('find', text);
  if (project !== '') search.set('project', project);
  if (status !== '') search.set('status', status);
  return search.size === 0 ? '' : `?${search.toString()}`;
}

export const isFiltered = (filter: ListFilter): boolean => filterSearch(filter) !== '';

/** Every word must be found somewhere in name, goal, project or tags; accents and case do not count. */
export function filterRows(rows: readonly Row[], filter: ListFilter): readonly Row[] {
  const words = plain(filter.text).split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    if (filter.project !== '' && row.project !== filter.project) return false;
    if (filter.status !== '' && row.status !== filter.status) return false;
    const text = plain([row.name, row.goal, row.project, ...row.tags].join(' '));
    return words.every((word) => text.includes(word));
  });
}

const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
