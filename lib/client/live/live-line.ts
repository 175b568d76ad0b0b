/**
 * The one stream, whoever owns it: it follows the questions asked, comes back by itself after a failure, a silence or a
 * sleep, and gives up politely where streams do not get through. While the questions change, the old stream stays until
 * the new one speaks. Takes its world as arguments, so that hours pass in a test within milliseconds.
 */
import type { LineState } from '@/lib/client/live/connection';
import { FIRST_BYTE_MS, openStream } from '@/lib/client/live/read-stream';
import type { OpenStream, StreamEnd, StreamRequest } from '@/lib/client/live/read-stream';
import { createTrouble } from '@/lib/client/live/trouble';
import type { LiveEvent } from '@/lib/core/live/event';
import type { Clock } from '@/lib/core/time/clock';

export interface LineWorld {
  readonly clock: Clock;
  readonly fetch: StreamRequest['fetch'];
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** null: nothing to ask. */
  readonly pathOf: (keys: readonly string[]) => string | null;
}

export interface LiveLineOptions extends LineWorld {
  readonly onEvents: (events: readonly LiveEvent[]) => void;
  /** Called when the state or what is served may have changed. */
  readonly onChange: () => void;
}

export interface LiveLine {
  /** Exactly these from now on, soon: changes close to each other are one. None: the stream is let go at once. */
  ask(keys: readonly string[]): void;
  /**
   * Somebody looks again, or the network came back: a stream that may be dead is asked for anew, a wait is cut short.
   * A stream that was heard lately, or is being asked for, is left alone.
   */
  wake(isNetworkNew: boolean): void;
  readonly state: LineState;
  /** Whether the open stream speaks of this question. */
  serves(key: string): boolean;
}

/** Pages that open, or open and close and open again as in development, come as one. */
const SETTLE_MS = 50;
/** Somebody scrolls. */
const GROW_MS = 300;
/** What nobody asks any more costs a viewer's share of the budget, but a stream is dear as well. */
const SHRINK_MS = 5_000;
/** A line that was heard within this is not dead: a beat and a little. */
const FRESH_MS = 20_000;
/** On a new network neither an older question nor an older sign of life means anything. */
const STUCK_MS = 2_000;

interface Served extends OpenStream {
  readonly keys: ReadonlySet<string>;
}

export function createLiveLine(options: LiveLineOptions): LiveLine {
  const { clock, random, pathOf, onEvents, onChange } = options;
  let wanted: readonly string[] = [];
  let state: LineState = { state: 'connecting' };
  /** The stream that speaks, and the one that is being asked for. */
  let current: Served | null = null;
  let next: Served | null = null;
  let plan: {
    readonly cancel: () => void;
    readonly dueMs: number;
    readonly isRetry: boolean;
  } | null = null;
  let trouble = createTrouble();
  let beatMs: number | null = null;

  const tell = (to: LineState): void => {
    state = to;
    onChange();
  };

  const dropPlan = (): void => {
    plan?.cancel();
    plan = null;
  };

  const release = (): void => {
    dropPlan();
    current?.abort();
    next?.abort();
    current = null;
    next = null;
  };

  /** The earlier of two plans holds; a wait after a failure is not cut short by new questions. */
  const connectIn = (delayMs: number, isRetry: boolean): void => {
    const dueMs = clock.monotonicMs() + delayMs;
    if (plan && !isRetry && (plan.isRetry || plan.dueMs <= dueMs)) return;
    dropPlan();
    plan = { cancel: clock.setTimer(connect, delayMs), dueMs, isRetry };
  };

  const connect = (): void => {
    dropPlan();
    next?.abort();
    next = null;
    const path = pathOf(wanted);
    if (path === null) return;
    const keys = new Set(wanted);
    const isMine = (): boolean => next?.keys === keys || current?.keys === keys;
    const stream = openStream({
      path,
      clock,
      fetch: options.fetch,
      onHeard: () => isMine() && onHeard(keys),
      onEvents: (events) => {
        for (const event of events) if (event.type === 'heartbeat') beatMs = event.nowMs;
        if (current?.keys === keys) onEvents(events);
      },
      onEnd: (end) => isMine() && onEnd(keys, end),
    });
    next = Object.assign(stream, { keys });
  };

  const onHeard = (keys: ReadonlySet<string>): void => {
    if (current?.isBeating) trouble.beats();
    if (current?.keys === keys) return;
    current?.abort();
    current = next;
    next = null;
    trouble.spoke();
    tell({ state: 'live' });
    follow();
  };

  const onEnd = (keys: ReadonlySet<string>, end: StreamEnd): void => {
    const isSpare = current !== null && current.keys !== keys;
    if (current?.keys === keys) current = null;
    // What was to follow it speaks soon, or fails by itself.
    else next = null;
    if (current === null && next !== null) return;
    const { delayMs, state: after } = trouble.add(end, random(), beatMs);
    connectIn(delayMs, true);
    // The old questions are still answered: nobody has lost anything yet.
    if (!isSpare) tell(after);
  };

  /** Brings the stream and the questions together. */
  const follow = (): void => {
    const newest = next ?? current;
    if (newest === null) return connectIn(SETTLE_MS, false);
    if (wanted.some((key) => !newest.keys.has(key))) return connectIn(GROW_MS, false);
    if (newest.keys.size > wanted.length) return connectIn(SHRINK_MS, false);
    // They are together again before anything was done about it.
    if (plan && !plan.isRetry) dropPlan();
  };

  return {
    ask(keys) {
      wanted = keys;
      if (keys.length > 0) return follow();
      release();
      trouble = createTrouble();
      state = { state: 'connecting' };
    },
    wake(isNetworkNew) {
      if (wanted.length === 0) return;
      if (next && next.quietMs() < (isNetworkNew ? STUCK_MS : FIRST_BYTE_MS)) return;
      if (current && current.quietMs() <= FRESH_MS) {
        if (isNetworkNew && current.quietMs() > STUCK_MS) connect();
        return;
      }
      const isStarting = current === null && plan?.isRetry === false;
      if (isStarting || (state.state === 'unstreamed' && !isNetworkNew)) return;
      // Nobody knows what happened meanwhile: "live" is not said until it is heard again.
      if (current) tell({ state: 'reconnecting' });
      release();
      connect();
    },
    get state() {
      return state;
    },
    serves: (key) => current?.keys.has(key) ?? false,
  };
}
