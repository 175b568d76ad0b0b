import 'server-only';

const MINUTE_MS = 60_000;
const PERIOD_MS = 5 * MINUTE_MS;
/** Nobody looks: a tenth of the pace. */
const UNWATCHED_FACTOR = 10;
/** A list of several pages is dear, and what changes in it is at rest. */
const ROUND_MS = 60 * MINUTE_MS;
/** Without a filter the whole is all there is: so many pages may be read in every hour. */
const PAGES_PER_HOUR = 48;

/** How often what runs is read. */
export const toListPeriodMs = (hasViewers: boolean): number =>
  hasViewers ? PERIOD_MS : PERIOD_MS * UNWATCHED_FACTOR;

export interface RoundQuestion {
  readonly hasViewers: boolean;
  /** One page says all: then it is read instead of what runs. */
  readonly isSmall: boolean;
  /** Whether what runs can be asked for alone. */
  readonly isFiltered: boolean;
  readonly pages: number;
}

/** How often the whole list is read. */
export function toRoundMs({ hasViewers, isSmall, isFiltered, pages }: RoundQuestion): number {
  if (isSmall) return toListPeriodMs(hasViewers);
  if (isFiltered) return ROUND_MS;
  return Math.max(toListPeriodMs(hasViewers), (pages / PAGES_PER_HOUR) * 60 * MINUTE_MS);
}
