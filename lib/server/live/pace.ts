import 'server-only';

const HOUR_MS = 3_600_000;
/** Kept free within the background share: the catalogue, its retries, the daily proof of the unit. */
const RESERVE_PER_HOUR = 50;
/** Nobody looks: a tenth of the pace (security-and-reliability, C2). */
const UNWATCHED_FACTOR = 10;
/** Counts do not move faster than this anyone could use, however few experiments share the budget. */
const MIN_PERIOD_MS = 8_000;
/** The share of the hour that paced reading may use; the rest is for people who wait. */
const BACKGROUND_SHARE = 0.75;

export interface PaceQuestion {
  /** Experiments that are read again and again. */
  readonly active: number;
  /** How many of them somebody looks at; the number of viewers never matters. */
  readonly watched: number;
  /** How many of those have a page of their own open, rather than a row in a list. */
  readonly focused: number;
  /** Wire requests one report costs. */
  readonly requestsPerReport: number;
  /** Requests per hour that one credential may use. */
  readonly hourLimit: number;
  /** Requests per hour set aside for older points while there are any to buy. */
  readonly idlePerHour: number;
}

export interface Pace {
  /** Time from one reading of an experiment with an open page to its next. */
  readonly focusedMs: number;
  /** The same of one that is looked at in a list. */
  readonly watchedMs: number;
  readonly unwatchedMs: number;
}

/** Open pages may take this part of what watched experiments share, however long a list is open beside them. */
const FOCUSED_SHARE = 0.5;

/**
 * How often each active experiment is read so that all of them together keep within the paced share of the hour.
 * Unwatched ones take a tenth of what they would get if all were watched; the watched ones share all the rest, half of
 * it at least for open pages.
 * Example: 14 active at 2 requests and 950 an hour: unwatched every 23.6 min; one alone watched every 12.1 s.
 */
export function toPace(question: PaceQuestion): Pace {
  const { active, watched, focused, requestsPerReport, hourLimit, idlePerHour } = question;
  const share = BACKGROUND_SHARE * hourLimit;
  const costMs = requestsPerReport * HOUR_MS;
  const allWatchedMs = (active * costMs) / share;
  const unwatchedMs = Math.max(MIN_PERIOD_MS, UNWATCHED_FACTOR * allWatchedMs);
  const watcherPerHour = ((active - watched) * costMs) / unwatchedMs;
  const left = share - watcherPerHour - RESERVE_PER_HOUR - idlePerHour;
  const equalMs = (watched * costMs) / left;
  const focusedMs = Math.max(
    MIN_PERIOD_MS,
    Math.min(equalMs, (focused * costMs) / (FOCUSED_SHARE * left)),
  );
  const listed = watched - focused;
  const leftForList = left - (focused === 0 ? 0 : (focused * costMs) / focusedMs);
  return {
    focusedMs: focused === 0 ? Math.max(MIN_PERIOD_MS, equalMs) : focusedMs,
    watchedMs: Math.max(MIN_PERIOD_MS, listed === 0 ? equalMs : (listed * costMs) / leftForList),
    unwatchedMs,
  };
}
