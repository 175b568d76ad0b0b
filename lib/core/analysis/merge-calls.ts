import type { Call, CallEvent, CallEventKind } from '@/lib/core/analysis/call';

/**
 * The log of calls as it was kept, and the one that the looks show when they are folded anew (older ones may have been
 * bought since, or thinned out). What was told is never erased: a kept call stays, and counts from the earlier moment
 * where the looks show one. A call that only the past shows, and that was withdrawn in the past, is not told any more.
 */
export function mergeCalls(
  found: readonly Call[],
  kept: readonly Call[],
  keptUntilMs: number,
): readonly Call[] {
  const news = found.filter((call) => !kept.some((known) => isSame(known, call)));
  const told = kept.map((known) => {
    const first = found.find((call) => isSame(known, call));
    return first === undefined ? known : mergeTwo(known, first);
  });
  const isNews = ({ withdrawn }: Call): boolean =>
    withdrawn === null || withdrawn.atMs > keptUntilMs;
  return [...told, ...news.filter(isNews)].sort((a, b) => a.calledAtMs - b.calledAtMs);
}

/** The same variation called the same in the same family, at overlapping times. */
const isSame = (one: Call, other: Call): boolean =>
  one.variationId === other.variationId &&
  one.state === other.state &&
  one.unit === other.unit &&
  one.sinceMs === other.sinceMs &&
  one.calledAtMs <= endOf(other) &&
  other.calledAtMs <= endOf(one);

const endOf = ({ withdrawn }: Call): number => withdrawn?.atMs ?? Number.POSITIVE_INFINITY;

function mergeTwo(kept: Call, found: Call): Call {
  const earlier = found.calledAtMs < kept.calledAtMs ? found : kept;
  const events = tellOnce([...found.events, ...kept.events]);
  const since = (kind: CallEventKind, end: CallEventKind): number | null => {
    const last = events.findLast((event) => event.kind === kind || event.kind === end);
    return last?.kind === kind ? last.atMs : null;
  };
  return {
    ...kept,
    calledAtMs: earlier.calledAtMs,
    day: earlier.day,
    isFinal: kept.isFinal || found.isFinal,
    confirmedAtMs: events.find(({ kind }) => kind === 'confirmed')?.atMs ?? null,
    shakenAtMs: since('shaken', 'steadied'),
    bestSinceMs: since('best', 'not-best'),
    events,
  };
}

/** What takes back what: an event says something new only where the last of its group was another. */
const GROUP: Readonly<Record<CallEventKind, string>> = {
  called: 'called',
  confirmed: 'confirmed',
  shaken: 'shaken',
  steadied: 'shaken',
  best: 'best',
  'not-best': 'best',
  withdrawn: 'withdrawn',
};

/** In order of time. Two tellings of one life hold the same events, at the same or at other moments. */
function tellOnce(events: readonly CallEvent[]): readonly CallEvent[] {
  const last = new Map<string, CallEventKind>();
  // Sorting is stable: at one moment the order of the telling stays.
  return events
    .toSorted((a, b) => a.atMs - b.atMs)
    .filter(({ kind }) => {
      const isNew = last.get(GROUP[kind]) !== kind;
      last.set(GROUP[kind], kind);
      return isNew;
    });
}
