/** Rows by what to do, and an order that holds still while somebody reads. */
import type { Group, Row } from '@/components/experiment/list/to-rows';

export const GROUPS = [
  'act',
  'decide',
  'close',
  'keep',
  'unread',
  'rest',
] as const satisfies readonly Group[];

/** Where a row stands: in which group, and after whom. */
export interface Place {
  readonly key: string;
  readonly group: Group;
}

const SHAPE_ORDER = ['down', 'octagon', 'up', 'two-up', 'bars'];

/** Within a group: harm before blocked, winners before the rest, then by name. */
export function toOrder(rows: readonly Row[], locale: string): readonly Place[] {
  const byName = new Intl.Collator(locale, { numeric: true });
  const rank = (row: Row): number => {
    const at = SHAPE_ORDER.indexOf(row.tag.shape);
    return at === -1 ? SHAPE_ORDER.length : at;
  };
  return rows
    .toSorted(
      (a, b) =>
        GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group) ||
        rank(a) - rank(b) ||
        byName.compare(a.name, b.name) ||
        byName.compare(a.key, b.key),
    )
    .map(({ key, group }) => ({ key, group }));
}

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
  const rank = GROUPS.indexOf(group);
  const at = places.findIndex((place) => GROUPS.indexOf(place.group) > rank);
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
  readonly group: Group;
  readonly rows: readonly Row[];
}

/** The rows in the shown order, under their headings; empty groups are left out. */
export function groupRows(rows: readonly Row[], order: readonly Place[]): readonly RowGroup[] {
  const byKey = new Map(rows.map((row) => [row.key, row]));
  return GROUPS.map((group) => ({
    group,
    rows: order.flatMap((place) => {
      const row = place.group === group ? byKey.get(place.key) : undefined;
      return row ? [row] : [];
    }),
  })).filter(({ rows: some }) => some.length > 0);
}
