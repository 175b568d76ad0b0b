/** Rows by what to do, and an order that holds still while somebody reads. */
import { LIST_GROUPS, type ListGroup } from '@/lib/core/live/list-ask';
import { compareStandings, namesIn, type Standing } from '@/lib/core/words/standing';

/** Where a row stands: in which group, and after whom. */
export interface Place {
  readonly key: string;
  readonly group: ListGroup;
}

/** As `compareStandings` has it, in the reader's own alphabet. */
export const toOrder = (standings: readonly Standing[], locale: string): readonly Place[] =>
  standings.toSorted(compareStandings(namesIn(locale))).map(({ key, group }) => ({ key, group }));

/**
 * The order to show: rows stay where they were; unknown ones and those read for the first time take their new place,
 * vanished ones go.
 */
export function holdOrder(held: readonly Place[], fresh: readonly Place[]): readonly Place[] {
  const before = new Map(held.map((place) => [place.key, place.group]));
  const after = new Set(fresh.map((place) => place.key));
  const isKept = (key: string): boolean => {
    const group = before.get(key);
    return group !== undefined && group !== 'unread';
  };
  const kept = held.filter((place) => after.has(place.key) && isKept(place.key));
  const merged = [...kept];
  for (const [index, place] of fresh.entries()) {
    if (isKept(place.key)) continue;
    const next = fresh
      .slice(index + 1)
      .find((later) => later.group === place.group && merged.some((at) => at.key === later.key));
    const at = next ? merged.findIndex((other) => other.key === next.key) : endOf(merged, place);
    merged.splice(at, 0, place);
  }
  return merged;
}

const endOf = (places: readonly Place[], { group }: Place): number => {
  const rank = LIST_GROUPS.indexOf(group);
  const at = places.findIndex((place) => LIST_GROUPS.indexOf(place.group) > rank);
  return at === -1 ? places.length : at;
};

/** How many rows the fresh order would move: those outside of the longest run that both orders share. */
export function countMoves(shown: readonly Place[], fresh: readonly Place[]): number {
  const placeOf = new Map(fresh.map((place, index) => [`${place.group} ${place.key}`, index]));
  const longest: number[] = [];
  for (const place of shown) {
    const at = placeOf.get(`${place.group} ${place.key}`);
    if (at === undefined) continue;
    const slot = longest.findIndex((last) => last > at);
    longest[slot === -1 ? longest.length : slot] = at;
  }
  return shown.length - longest.length;
}

export interface RowGroup {
  readonly group: ListGroup;
  readonly keys: readonly string[];
}

/** The rows in the shown order, under their headings; empty groups are left out. */
export const groupRows = (order: readonly Place[]): readonly RowGroup[] =>
  LIST_GROUPS.map((group) => ({
    group,
    keys: order.flatMap((place) => (place.group === group ? [place.key] : [])),
  })).filter(({ keys }) => keys.length > 0);
