import 'server-only';

/**
 * Who asks, most urgent first. `auth` is what everybody waits for. `started` is background work that has begun (the
 * poll of a job already posted): it does not wait for the pace, or the job would be thrown away and paid for twice.
 */
export const LANES = ['auth', 'interactive', 'started', 'background'] as const;
export type Lane = (typeof LANES)[number];

export type ByLane<Value> = Readonly<Record<Lane, Value>>;

/** So often may others go first though the windows would have let out a lane's own first; then it is its turn. */
const TURN_AFTER: ByLane<number> = {
  auth: Number.POSITIVE_INFINITY,
  interactive: Number.POSITIVE_INFINITY,
  started: 3,
  background: 8,
};

export interface Waiter {
  lane: Lane;
  readonly sinceMs: number;
}

/** First come, first served within a lane; urgent lanes first, but none for ever. Times of the monotonic clock. */
export interface WaitingLine<Item extends Waiter> {
  join(waiter: Item): void;
  leave(waiter: Item): void;
  /** To the end of another lane. */
  move(waiter: Item, lane: Lane): void;
  /** The first of each lane in which somebody waits. */
  firsts(): readonly Item[];
  /** Whether so many others went before it that it is next, on pace or not. */
  isItsTurn(first: Item): boolean;
  /** Takes out whoever goes next of the lanes whose first the windows would let out; not all of them `mayGo` yet. */
  take(mayGo: (first: Item) => boolean, wouldFit: (first: Item) => boolean): Item | undefined;
  sizes(): ByLane<number>;
}

export function createWaitingLine<Item extends Waiter>(): WaitingLine<Item> {
  // A Set keeps the order of arrival and forgets in constant time, however many wait.
  const lines: ByLane<Set<Item>> = {
    auth: new Set(),
    interactive: new Set(),
    started: new Set(),
    background: new Set(),
  };
  const overtaken: Record<Lane, number> = { auth: 0, interactive: 0, started: 0, background: 0 };
  const leastUrgentFirst = LANES.toReversed();

  const first = (lane: Lane): Item | undefined => lines[lane].values().next().value;
  const firsts = (): Item[] => leastUrgentFirst.flatMap((lane) => first(lane) ?? []);
  const isItsTurn = (waiter: Item): boolean => overtaken[waiter.lane] >= TURN_AFTER[waiter.lane];

  return {
    join: (waiter) => void lines[waiter.lane].add(waiter),
    leave: (waiter) => void lines[waiter.lane].delete(waiter),
    move(waiter, lane) {
      lines[waiter.lane].delete(waiter);
      waiter.lane = lane;
      lines[lane].add(waiter);
    },
    firsts,
    isItsTurn,
    take(mayGo, wouldFit) {
      const fitting = firsts().filter(wouldFit);
      const taken = fitting.find(isItsTurn) ?? fitting.findLast(mayGo);
      if (!taken) return undefined;
      for (const { lane } of fitting) overtaken[lane] += 1;
      overtaken[taken.lane] = 0;
      lines[taken.lane].delete(taken);
      return taken;
    },
    sizes: () => ({
      auth: lines.auth.size,
      interactive: lines.interactive.size,
      started: lines.started.size,
      background: lines.background.size,
    }),
  };
}
