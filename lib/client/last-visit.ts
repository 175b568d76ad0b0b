/**
 * When somebody looked at a page last, and what it showed: kept in this browser alone. Storage may be blocked, full or
 * spoilt; then nothing is said.
 */
import type { Visit } from '@/lib/core/words/since-visit';

export interface KeptVisit {
  /** What the visit before this one showed; null at the first. */
  readonly before: Visit | null;
  readonly last: Visit;
}

type Visits = Readonly<Record<string, KeptVisit>>;

const KEY = 'verdict.visits';
/** Pages that are remembered; the one seen longest ago is let go of. */
const MAX_PAGES = 60;
/** Who comes back sooner, or reloads, is still on the same visit. */
const SAME_VISIT_MS = 30 * 60 * 1000;

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>;

/** The visit before the one that begins, or goes on, now. */
export function visitBefore(storage: () => Storage, page: string, nowMs: number): Visit | null {
  const kept = readAll(storage)[page];
  if (!kept) return null;
  return nowMs - kept.last.atMs < SAME_VISIT_MS ? kept.before : kept.last;
}

export function keepVisit(
  storage: () => Storage,
  page: string,
  before: Visit | null,
  last: Visit,
): void {
  const all = { ...readAll(storage), [page]: { before, last } };
  const newest = Object.entries(all)
    .sort(([, a], [, b]) => b.last.atMs - a.last.atMs)
    .slice(0, MAX_PAGES);
  try {
    storage().setItem(KEY, JSON.stringify(Object.fromEntries(newest)));
  } catch {
    // The next visit is a first one.
  }
}

function readAll(storage: () => Storage): Visits {
  try {
    const value: unknown = JSON.parse(storage().getItem(KEY) ?? '{}');
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(
      Object.entries(value).filter((entry): entry is [string, KeptVisit] => isKept(entry[1])),
    );
  } catch {
    return {};
  }
}

const isVisit = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'atMs' in value &&
  typeof value.atMs === 'number' &&
  'called' in value &&
  Array.isArray(value.called) &&
  'lifts' in value &&
  typeof value.lifts === 'object' &&
  value.lifts !== null;

const isKept = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'last' in value &&
  isVisit(value.last) &&
  'before' in value &&
  (value.before === null || isVisit(value.before));
