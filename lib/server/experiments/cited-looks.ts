import 'server-only';
import type { History } from '@/lib/core/analysis/history';
import type { Look } from '@/lib/core/experiment/snapshot';

/**
 * Moments of the data that calls and final looks rest on, in order. What happened at the end of an experiment is dated
 * there, whenever its counts were read: it rests on the first look from then on.
 * @param looks oldest first
 */
export function citedLooks(
  { calls, finals }: Pick<History, 'calls' | 'finals'>,
  looks: readonly Look[],
): readonly number[] {
  const moments = new Set([
    ...calls.flatMap(({ events }) => events.map(({ atMs }) => atMs)),
    // Of an older version the events are not known.
    ...calls.flatMap(({ calledAtMs, confirmedAtMs }) => [calledAtMs, confirmedAtMs ?? calledAtMs]),
    ...Object.values(finals).map(({ atMs }) => atMs),
  ]);
  const cited = new Set<number>();
  for (const atMs of moments) {
    const look = looks.find(({ snapshot }) => snapshot.asOfMs >= atMs);
    if (look) cited.add(look.snapshot.asOfMs);
  }
  return [...cited].sort((a, b) => a - b);
}
