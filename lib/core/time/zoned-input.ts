/** Moments as the browser's own date-and-time field writes them, "2026-05-12T14:05", in the zone of the page. */
const MINUTE_MS = 60_000;
const PATTERN = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?$/;

export function toZonedInput(atMs: number, timeZone: string): string {
  return new Date(atMs + offsetMs(atMs, timeZone)).toISOString().slice(0, 16);
}

/**
 * The moment that such a text names, cut to the minute; null where it names none. An hour that a clock change skips is
 * the one after it, of one that comes twice the first.
 */
export function fromZonedInput(text: string, timeZone: string): number | null {
  const parts = PATTERN.exec(text)?.slice(1, 6).map(Number);
  if (!parts) return null;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = parts;
  const wallMs = Date.UTC(year, month - 1, day, hour, minute);
  if (!Number.isFinite(wallMs) || new Date(wallMs).getUTCDate() !== day) return null;
  // Two offsets lie around a change of clocks; the larger one gives the earlier moment.
  const around = [wallMs - 12 * 60 * MINUTE_MS, wallMs + 12 * 60 * MINUTE_MS].map((atMs) =>
    offsetMs(atMs, timeZone),
  );
  const candidates = around
    .map((offset) => wallMs - offset)
    .filter((atMs) => atMs + offsetMs(atMs, timeZone) === wallMs);
  return candidates.length > 0 ? Math.min(...candidates) : wallMs - Math.min(...around);
}

/** How far the zone's clocks are ahead of UTC at a moment, whole minutes. */
function offsetMs(atMs: number, timeZone: string): number {
  const parts = formatOf(timeZone).formatToParts(atMs);
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const wallMs = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'));
  return wallMs - Math.floor(atMs / MINUTE_MS) * MINUTE_MS;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  formats.set(timeZone, made);
  return made;
}
