/**
 * Colour and dash of a series by its place. They go together and never change; from place 6 on the reference's slate
 * returns with dashes of its own (design, section 2).
 */
const DASHES = ['', '', '7 4', '2 3', '10 3 2 3', '12 4'] as const;
const LATE_DASHES = ['4 2', '1 4', '8 2 2 2'] as const;

export interface SeriesLook {
  /** A CSS colour; a token, so that dark needs no redraw. */
  readonly color: string;
  /** SVG dash array; empty for a solid line. */
  readonly dash: string;
}

export function seriesLook(place: number): SeriesLook {
  if (place < DASHES.length) return { color: `var(--series-${place})`, dash: DASHES[place] ?? '' };
  const late = (place - DASHES.length) % LATE_DASHES.length;
  return { color: 'var(--series-0)', dash: LATE_DASHES[late] ?? '' };
}
