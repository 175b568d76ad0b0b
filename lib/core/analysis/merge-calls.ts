import type { Call } from '@/lib/core/analysis/call';

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
  if (kept.length === 0) return found;
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
  const confirmations = [kept.confirmedAtMs, found.confirmedAtMs].filter((ms) => ms !== null);
  const begin = earlier.events.slice(0, 1);
  const rest = [...kept.events, ...found.events]
    .filter(({ kind }) => kind !== 'called' && kind !== 'confirmed')
    .filter(
      (event, at, all) =>
        all.findIndex(({ kind, atMs }) => kind === event.kind && atMs === event.atMs) === at,
    );
  const confirmed = [...kept.events, ...found.events]
    .filter(({ kind }) => kind === 'confirmed')
    .sort((a, b) => a.atMs - b.atMs)
    .slice(0, 1);
  return {
    ...kept,
    calledAtMs: earlier.calledAtMs,
    day: earlier.day,
    isFinal: kept.isFinal || found.isFinal,
    confirmedAtMs: confirmations.length === 0 ? null : Math.min(...confirmations),
    bestSinceMs: kept.bestSinceMs ?? found.bestSinceMs,
    events: [...begin, ...[...rest, ...confirmed].sort((a, b) => a.atMs - b.atMs)],
  };
}
