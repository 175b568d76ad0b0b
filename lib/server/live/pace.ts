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
  /** Wire requests one report costs. */
  readonly requestsPerReport: number;
  /** Requests per hour that one credential may use. */
  readonly hourLimit: number;
  /** Requests per hour set aside for older points while there are any to buy. */
  readonly idlePerHour: number;
}

export interface Pace {
  /** Time from one reading of a watched experiment to its next. */
  readonly watchedMs: number;
  readonly unwatchedMs: number;
}

/**
 * How often each active experiment is read so that all of them together keep within the paced share of the hour.
 * Unwatched ones take a tenth of what they would get if all were watched; the watched ones share all the rest.
 * Example: 14 active at 2 requests and 950 an hour: unwatched every 23.6 min; one alone watched every 12.1 s.
 */
export function toPace(question: PaceQuestion): Pace {
  const { active, watched, requestsPerReport, hourLimit, idlePerHour } = question;
  const share = BACKGROUND_SHARE * hourLimit;
  const costMs = requestsPerReport * HOUR_MS;
  const allWatchedMs = (active * costMs) / share;
  const unwatchedMs = Math.max(MIN_PERIOD_MS, UNWATCHED_FACTOR * allWatchedMs);
  const watcherPerHour = ((active - watched) * costMs) / unwatchedMs;
  const left = share - watcherPerHour - RESERVE_PER_HOUR - idlePerHour;
  return { watchedMs: Math.max(MIN_PERIOD_MS, (watched * costMs) / left), unwatchedMs };
}
