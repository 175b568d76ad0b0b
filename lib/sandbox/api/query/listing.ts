import { LRUCache } from 'lru-cache';
import { canSee } from '@/lib/sandbox/api/visible';
import type { Kind } from '@/lib/sandbox/state/kind';
import type { Principal } from '@/lib/sandbox/state/principal';
import type { Row } from '@/lib/sandbox/state/row';
import type { State } from '@/lib/sandbox/state/state';
import { toFields, type Fields } from './fields';
import type { RowTest } from './filter';
import { sortRows, type Order } from './sort';
import type { Uses } from './uses';

/** What a list asks for. `key` names filter and sort: the same words, the same answer. */
export interface ListAsked {
  readonly key: string;
  readonly toTest?: ((fields: Fields) => RowTest) | undefined;
  readonly toOrders?: ((fields: Fields) => readonly Order[]) | undefined;
}

/** Whole rows of a kind, seen by a principal, filtered and sorted; throws ApiError for a faulty question. */
export type Listing = (kind: Kind, principal: Principal, asked: ListAsked) => readonly Row[];

/** Lists kept. Each holds references only; whatever is out of date falls out at the end. */
const MOST_KEPT = 200;
/** A longer question is answered anew each time. */
const LONGEST_KEY = 8_192;

/** Turning the pages of a list costs each page only: what it is cut from is kept until something changes. */
export function createListing(state: State, uses: Uses): Listing {
  const kept = new LRUCache<string, readonly Row[]>({ max: MOST_KEPT });

  function keep(key: string, make: () => readonly Row[]): readonly Row[] {
    if (key.length > LONGEST_KEY) return make();
    const known = kept.get(key);
    if (known !== undefined) return known;
    const made = make();
    kept.set(key, made);
    return made;
  }

  function seen(kind: Kind, principal: Principal, stamp: string): readonly Row[] {
    const { rows } = state.of(kind);
    const isAll = principal.siteIds === 'all' && kind !== 'accounts';
    if (isAll && principal.onlyResultsOf === undefined) return rows;
    return keep(`seen ${stamp} ${toEyes(principal)}`, () =>
      rows.filter((row) => canSee(principal, kind, row)),
    );
  }

  return (kind, principal, { key, toTest, toOrders }) => {
    const stamp = `${kind} ${uses.stamp(kind)}`;
    const visible = seen(kind, principal, stamp);
    if (toTest === undefined && toOrders === undefined) return visible;
    return keep(`${stamp} ${toEyes(principal)} ${key}`, () => {
      const fields = toFields(kind, state);
      const test = toTest?.(fields);
      const orders = toOrders?.(fields) ?? [];
      const whole = visible.map((row) => uses.of(kind, row));
      return sortRows(test === undefined ? whole : whole.filter(test), orders);
    });
  };
}

/** What decides about what somebody sees. */
function toEyes({ siteIds, accountId, rights, onlyResultsOf }: Principal): string {
  const sites = siteIds === 'all' ? 'all' : [...siteIds].sort((a, b) => a - b).join();
  return `${sites};${accountId};${[...rights].join()};${onlyResultsOf ?? ''}`;
}
