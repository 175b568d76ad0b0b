import type { Counts } from '@/lib/cli/analyse/counts';
import type { RawCounts, RawLook, Written } from '@/lib/cli/analyse/raw-counts';
import type { Reader } from '@/lib/cli/analyse/read-values';

const DAY_MS = 24 * 60 * 60 * 1000;

export interface Moments extends Pick<Counts, 'timing' | 'startedAtMs' | 'asOfMs'> {
  /** In the order of the looks as written. */
  readonly atMs: readonly number[];
}

/**
 * When each look was: from moments, from days since launch, or from their order alone. Nothing is invented: without a
 * distance from the launch the gate of seven days is left open and said to be.
 */
export function readMoments({ settings, looks }: RawCounts, reader: Reader): Moments {
  const { days, startedAt, asOf } = settings;
  const startedAtMs = startedAt === undefined ? null : reader.moment(startedAt);
  const byOrder: Moments = {
    timing: 'order',
    startedAtMs: 0,
    asOfMs: null,
    atMs: looks.map((_, place) => place),
  };
  if (days !== undefined && startedAt !== undefined)
    reader.fail(days, 'stands beside startedAt; give one of the two');
  if (days !== undefined && looks.length > 1) {
    reader.fail(days, 'is of one look; give each look its own at or days');
    return byOrder;
  }
  if (looks.some((look) => look.at !== null)) {
    if (looks.length > 1 || startedAt !== undefined)
      return dated(looks, startedAt, startedAtMs, reader);
  } else if (looks.length > 1 && (asOf ?? startedAt) !== undefined) {
    const written = asOf ?? startedAt;
    if (written) reader.fail(written, 'needs a moment (at) at every look');
    return byOrder;
  }
  if (looks.some((look) => look.days !== null)) return byDays(looks, reader);
  const only = looks[0]?.at ?? asOf;
  const asOfMs = only === undefined || only === null ? null : reader.moment(only);
  if (days !== undefined) {
    const run = reader.within(days, { least: 0, below: 100_000 });
    if (run === null) return byOrder;
    const atMs = asOfMs ?? run * DAY_MS;
    return {
      timing: asOfMs === null ? 'days' : 'dated',
      startedAtMs: atMs - run * DAY_MS,
      asOfMs,
      atMs: [atMs],
    };
  }
  if (startedAt !== undefined && asOf === undefined)
    reader.fail(startedAt, 'needs asOf: until when was counted');
  if (startedAt === undefined || startedAtMs === null || asOfMs === null)
    return { ...byOrder, asOfMs };
  if (startedAtMs > asOfMs) reader.fail(startedAt, 'lies after the counts');
  return { timing: 'dated', startedAtMs, asOfMs: null, atMs: [asOfMs] };
}

function dated(
  looks: readonly RawLook[],
  startedAt: Written | undefined,
  startedAtMs: number | null,
  reader: Reader,
): Moments {
  const atMs = readAll(looks, 'at', (written) => reader.moment(written), reader);
  const first = Math.min(...atMs);
  if (startedAt !== undefined && startedAtMs !== null && startedAtMs > first)
    reader.fail(startedAt, 'lies after the first look');
  return { timing: 'dated', startedAtMs, asOfMs: null, atMs };
}

function byDays(looks: readonly RawLook[], reader: Reader): Moments {
  const read = (written: Written): number | null =>
    reader.within(written, { least: 0, below: 100_000 });
  const days = readAll(looks, 'days', read, reader);
  return { timing: 'days', startedAtMs: 0, asOfMs: null, atMs: days.map((day) => day * DAY_MS) };
}

/** Every look has one, and no two the same. */
function readAll(
  looks: readonly RawLook[],
  field: 'at' | 'days',
  read: (written: Written) => number | null,
  reader: Reader,
): readonly number[] {
  const seen = new Map<number, true>();
  return looks.map((look) => {
    const written = look[field];
    if (written === null) {
      const path = look.spot.field === '' ? field : `${look.spot.field}.${field}`;
      const spot = { ...look.spot, field: path };
      reader.fail({ spot, value: null, isText: false }, 'is missing, though other looks have it');
      return 0;
    }
    const found = read(written);
    if (found === null) return 0;
    if (seen.has(found)) reader.fail(written, 'is the moment of another look, too');
    seen.set(found, true);
    return found;
  });
}
