const DAY_MS = 86_400_000;

/**
 * When a day of the calendar begins in a zone, epoch milliseconds. Where the clocks go forward at midnight it begins
 * with the first moment there is. Example: `2026-05-12` in `Europe/Paris` is 2026-05-11T22:00:00Z.
 */
export function dayStartMs(day: string, timeZone: string): number {
  const midnightMs = Date.parse(`${day}T00:00:00Z`);
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  /** How far the zone's clock is ahead of UTC at that moment. */
  const aheadMs = (atMs: number): number => {
    const parts = Object.fromEntries(
      format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day: date = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, date, hour, minute, second) - Math.floor(atMs / 1000) * 1000;
  };
  // The offsets of the day before and of the day after: one of them holds at midnight, or midnight is skipped.
  const found = [midnightMs - DAY_MS, midnightMs + DAY_MS]
    .map((nearMs) => midnightMs - aheadMs(nearMs))
    .filter((atMs) => atMs + aheadMs(atMs) === midnightMs);
  return found.length > 0
    ? Math.min(...found)
    : midnightMs - Math.min(aheadMs(midnightMs - DAY_MS), aheadMs(midnightMs + DAY_MS));
}

/** The day after, by the calendar: `2026-12-31` gives `2027-01-01`. */
export const nextDay = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
