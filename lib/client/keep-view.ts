/** The dials of a question; all else in the address is how somebody looks at it. */
const DIALS: ReadonlySet<string> = new Set(['goal', 'ref', 'level', 'at']);

/** Another question's address with everything else of this view: a closer look stays open when a dial is turned. */
export function keepView(path: string, view: URLSearchParams): string {
  const [page = '', dials = ''] = path.split('?');
  const search = new URLSearchParams(dials);
  for (const [name, value] of view) if (!DIALS.has(name)) search.append(name, value);
  return search.size === 0 ? page : `${page}?${search.toString()}`;
}
