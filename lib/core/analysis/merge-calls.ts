import type { Call, CallEvent, CallEventKind } from '@/lib/core/analysis/call';
import { isOfFamily, isStanding } from '@/lib/core/analysis/call';
import { withdraw } from '@/lib/core/analysis/call-events';

/** Up to which moment of data the kept calls were followed, and those that were found now. */
export interface Followed {
  readonly keptUntilMs: number;
  readonly foundUntilMs: number;
}

/**
 * The log of calls as it was kept, and the one that the looks show when they are folded anew (older ones may have been
 * bought since, or thinned out). What was told is never erased: a kept call stays, and counts from the earlier moment
 * where the looks show one. What only the past shows and what was over in the past is not told any more; what came after
 * the kept ones were followed is. At most one call of a variation and family stands.
 */
export function mergeCalls(
  found: readonly Call[],
  kept: readonly Call[],
  followed: Followed,
): readonly Call[] {
  const isTold = new Set<Call>();
  const told = kept.map((known) => {
    const afterMs = beforeOf(known, kept);
    let merged = known;
    for (const call of found)
      if (isSame(merged, call)) {
        merged = mergeTwo(merged, call, afterMs, followed);
        isTold.add(call);
      }
    return merged;
  });
  const news = found.filter((call) => !isTold.has(call) && endOf(call) > followed.keptUntilMs);
  const rivalOf = (one: Call, others: readonly Call[]): Call | undefined =>
    others.find((other) => isOfOne(one, other) && isStanding(one) && isStanding(other));
  const later = news.filter(
    (call) => call.calledAtMs > followed.keptUntilMs || rivalOf(call, told) === undefined,
  );
  return [
    ...told.map((known) => {
      const rival = rivalOf(known, later);
      return rival === undefined ? known : supersede(known, rival);
    }),
    ...later,
  ].sort((a, b) => a.calledAtMs - b.calledAtMs);
}

const isOfOne = (one: Call, other: Call): boolean =>
  one.variationId === other.variationId && isOfFamily(one, other);

/** The same variation called the same in the same family, at overlapping times. */
const isSame = (one: Call, other: Call): boolean =>
  isOfOne(one, other) &&
  one.state === other.state &&
  one.calledAtMs <= endOf(other) &&
  other.calledAtMs <= endOf(one);

const endOf = ({ withdrawn }: Call): number => withdrawn?.atMs ?? Number.POSITIVE_INFINITY;

/** When the call told before this one on the same variation ended: no life begins before that. */
const beforeOf = (call: Call, kept: readonly Call[]): number =>
  Math.max(
    Number.NEGATIVE_INFINITY,
    ...kept
      .filter((other) => other !== call && isOfOne(other, call) && endOf(other) <= call.calledAtMs)
      .map(endOf),
  );

function supersede(call: Call, rival: Call): Call {
  const figures = rival.events[0]?.figures;
  return figures === undefined
    ? call
    : withdraw(call, rival.calledAtMs, figures, { kind: 'superseded' });
}

function mergeTwo(
  kept: Call,
  found: Call,
  afterMs: number,
  { keptUntilMs, foundUntilMs }: Followed,
): Call {
  const withdrawn = kept.withdrawn ?? (endOf(found) > keptUntilMs ? found.withdrawn : null);
  const isEarlier = found.calledAtMs < kept.calledAtMs && found.calledAtMs > afterMs;
  const { calledAtMs, day } = isEarlier ? found : kept;
  const isOfLife = ({ kind, atMs }: CallEvent): boolean =>
    atMs >= calledAtMs &&
    atMs < endOf(kept) &&
    (kind !== 'withdrawn' || (kept.withdrawn === null && atMs > keptUntilMs));
  const others = found.events.filter(isOfLife);
  const events = tellOnce(isEarlier ? [...others, ...kept.events] : [...kept.events, ...others]);
  const isNewer = kept.withdrawn === null && foundUntilMs > keptUntilMs;
  const { heldSinceMs, lowSinceMs } = isNewer ? found : kept;
  const since = (kind: CallEventKind, end: CallEventKind): number | null => {
    const last = events.findLast((event) => event.kind === kind || event.kind === end);
    return last?.kind === kind ? last.atMs : null;
  };
  return {
    ...kept,
    calledAtMs,
    day,
    isFinal: kept.isFinal || found.isFinal,
    heldSinceMs,
    confirmedAtMs: events.find(({ kind }) => kind === 'confirmed')?.atMs ?? null,
    shakenAtMs: since('shaken', 'steadied'),
    lowSinceMs,
    bestSinceMs: since('best', 'not-best'),
    withdrawn,
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
