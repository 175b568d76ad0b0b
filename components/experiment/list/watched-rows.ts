/** Which rows the page watches: those on screen, and a margin. What is watched is read first, so it must not be all. */

/** Up to here every row is watched; beyond, those in sight. */
export const MOST_WATCHED = 60;
/** Before anything is known of the screen. */
const FIRST_WATCHED = 30;

/** The rows to watch when the page opens, in the order of the list. */
export const firstWatched = (rendered: readonly string[]): readonly string[] =>
  rendered.slice(0, rendered.length <= MOST_WATCHED ? MOST_WATCHED : FIRST_WATCHED);

export interface Sighting {
  /** Every row on the page, in its order. */
  readonly rendered: readonly string[];
  /** Those on screen or near it. */
  readonly inSight: ReadonlySet<string>;
}

/**
 * The rows to watch from now on, those in sight first; the very same array where a change is not worth a new stream:
 * while all that is wanted is watched and not much else is.
 */
export function nextWatched(
  watched: readonly string[],
  { rendered, inSight }: Sighting,
): readonly string[] {
  const wanted = (
    rendered.length <= MOST_WATCHED ? rendered : rendered.filter((key) => inSight.has(key))
  ).slice(0, MOST_WATCHED);
  const known = new Set(watched);
  const isSpare = watched.length <= 2 * wanted.length + 10;
  if (isSpare && wanted.every((key) => known.has(key))) return watched;
  // What was in sight a moment ago stays while there is room: scrolling back asks for nothing new.
  const onPage = new Set(rendered);
  const others = isSpare ? watched.filter((key) => onPage.has(key) && !wanted.includes(key)) : [];
  const next = [...wanted, ...others].slice(0, MOST_WATCHED);
  return next.length === known.size && next.every((key) => known.has(key)) ? watched : next;
}
