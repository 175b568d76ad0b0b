import type { Look } from '@/lib/core/experiment/snapshot';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/**
 * How old a stretch of time must be, counted from its end, for its looks to be thinned, and how long such a stretch is.
 * Each length is a multiple of the one before, so that what a longer stretch keeps the shorter ones have kept.
 */
const BANDS = [
  { olderThanMs: 60 * DAY_MS, lengthMs: DAY_MS },
  { olderThanMs: 14 * DAY_MS, lengthMs: 6 * HOUR_MS },
  { olderThanMs: 2 * DAY_MS, lengthMs: HOUR_MS },
] as const;

export interface ThinOptions {
  /** Moments of data that a call, a note or a link points at. */
  readonly citedMs: ReadonlySet<number>;
  /** Upstream time. */
  readonly nowMs: number;
  /** Stretches are counted from here; null: from the epoch. */
  readonly startedAtMs: number | null;
  /** What is drawn of a look; of each stretch the lowest and the highest stay. Null: nothing is drawn. */
  readonly liftOf?: (look: Look) => number | null;
}

/**
 * The looks that may go, because they are old and others stand for them: all of the last two days stay, then those of an
 * hour for two weeks, of six hours for two months, of a day beyond: each time the last one and the extremes of lift.
 * Always kept: what was bought, what is cited, and of each kind of counts the first and the last look. Looks of other
 * kinds do not stand for each other. A look that may go now may go later too; thinning twice drops nothing more.
 */
export function thinLooks(looks: readonly Look[], options: ThinOptions): readonly Look[] {
  const { citedMs } = options;
  const inOrder = looks
    .filter(({ source }) => source === 'live')
    .toSorted((a, b) => a.snapshot.asOfMs - b.snapshot.asOfMs);
  const staying = new Set<Look>();
  for (const kind of groupBy(inOrder, kindOf)) {
    const [first, last] = [kind[0], kind.at(-1)];
    if (first) staying.add(first);
    if (last) staying.add(last);
    for (const stretch of groupBy(kind, (look) => stretchOf(look, options)))
      for (const look of spokesmen(stretch, options.liftOf)) staying.add(look);
  }
  return inOrder.filter((look) => !staying.has(look) && !citedMs.has(look.snapshot.asOfMs));
}

const kindOf = ({ snapshot: { unit, sinceMs } }: Look): string => `${unit}|${sinceMs ?? ''}`;

/** The stretch of time that a look shares with others; its own moment while it is too young to share. */
function stretchOf({ snapshot: { asOfMs } }: Look, { nowMs, startedAtMs }: ThinOptions): string {
  const sinceMs = asOfMs - (startedAtMs ?? 0);
  for (const { olderThanMs, lengthMs } of BANDS) {
    const stretch = Math.floor(sinceMs / lengthMs);
    const endMs = (startedAtMs ?? 0) + (stretch + 1) * lengthMs;
    if (nowMs - endMs >= olderThanMs) return `${lengthMs}|${stretch}`;
  }
  return `at|${asOfMs}`;
}

/** Those who stand for a stretch: the last, and the first of the lowest and of the highest. */
function spokesmen(stretch: readonly Look[], liftOf: ThinOptions['liftOf']): readonly Look[] {
  const lifts = stretch.map((look) => liftOf?.(look) ?? null);
  const known = lifts.filter((lift) => lift !== null);
  const extremes = known.length === 0 ? [] : [Math.min(...known), Math.max(...known)];
  return stretch.filter(
    (_, at) => at === stretch.length - 1 || extremes.some((lift) => lifts.indexOf(lift) === at),
  );
}

function groupBy(looks: readonly Look[], keyOf: (look: Look) => string): readonly Look[][] {
  const groups = new Map<string, Look[]>();
  for (const look of looks) {
    const key = keyOf(look);
    const group = groups.get(key);
    if (group) group.push(look);
    else groups.set(key, [look]);
  }
  return [...groups.values()];
}
