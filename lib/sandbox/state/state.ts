import type { Turn } from '@/lib/sandbox/world/turn';
import { createCollection, type Collection, type SavedCollection } from './collection';
import { KINDS, type Kind } from './kind';
import type { Row } from './row';

/** Everything the sandbox's people can change. What collecting hangs on is told to the world as turns. */
export interface State {
  of(kind: Kind): Collection;
  /** An id nobody had before, of any kind. */
  nextId(): number;
  /** Changes of how an experiment collects since the world began, oldest first. */
  turnsOf(experimentId: number): readonly Turn[];
  addTurn(experimentId: number, turn: Turn): void;
  /** How far the sandbox's time is ahead of its clock, ms: somebody let it pass. */
  readonly aheadMs: number;
  advance(byMs: number): void;
  /** All that differs from a new state: kept in a file, given to `createState` again. */
  save(): SavedState;
  /** Called after every change; returns the way to take it off. */
  onChange(listener: () => void): () => void;
}

export interface SavedState {
  readonly collections: Readonly<Partial<Record<Kind, SavedCollection>>>;
  /** By experiment id. */
  readonly turns: Readonly<Record<string, readonly Turn[]>>;
  readonly lastId: number;
  /** Absent: 0. */
  readonly aheadMs?: number;
}

/** Above every id of the catalogue and of the plain experiments. */
const FIRST_ID = 9_000_000;

/** `seeds`: what a kind holds at the world's beginning. */
export function createState(
  seeds: (kind: Kind) => readonly Row[],
  saved: SavedState = { collections: {}, turns: {}, lastId: FIRST_ID },
): State {
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const turns = new Map(Object.entries(saved.turns));
  const collections = new Map(
    KINDS.map((kind) => [kind, createCollection(() => seeds(kind), tell, saved.collections[kind])]),
  );
  let { lastId, aheadMs = 0 } = saved;

  return {
    of: (kind) => collections.get(kind)!,
    nextId: () => (lastId += 1),
    turnsOf: (id) => turns.get(String(id)) ?? [],
    addTurn: (id, turn) => {
      const goals = collections.get('goals')!;
      const isOnce = (goal: number) => goals.find(goal)?.['hasMultipleConversions'] === false;
      const whole = { ...turn, onceGoals: turn.goals.filter(isOnce) };
      turns.set(String(id), [...(turns.get(String(id)) ?? []), whole]);
      tell();
    },
    get aheadMs() {
      return aheadMs;
    },
    advance: (byMs) => {
      aheadMs += byMs;
      tell();
    },
    save: () => ({
      collections: Object.fromEntries(
        [...collections].map(([kind, collection]) => [kind, collection.save()]),
      ),
      turns: Object.fromEntries(turns),
      lastId,
      ...(aheadMs === 0 ? {} : { aheadMs }),
    }),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
