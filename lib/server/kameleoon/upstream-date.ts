import 'server-only';

const FORM =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * Reads a date of the API. Live values carry no zone and up to nine fractional digits
 * (`2026-06-19T22:16:28.353602351`); without a zone they are UTC (fact sheet, section 7, row 22).
 * Answers epoch milliseconds, or null for what is not a date.
 */
export function parseUpstreamDate(text: string | null | undefined): number | null {
  const match = FORM.exec(text?.trim() ?? '');
  if (!match) return null;
  const [, day, time = '00:00:00', fraction = '', zone = 'Z'] = match;
  const millis = fraction.slice(0, 3).padEnd(3, '0');
  const seconds = time.length === 5 ? `${time}:00` : time;
  const atMs = Date.parse(`${day}T${seconds}.${millis}${zone.toUpperCase()}`);
  return Number.isNaN(atMs) ? null : atMs;
}

/** The form the API is sent: zone-less UTC, whole seconds, rounded down. */
export const toUpstreamDate = (atMs: number): string => new Date(atMs).toISOString().slice(0, 19);
