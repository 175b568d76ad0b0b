import { describe, expect, it } from 'vitest';
import { LONGEST_WAIT_MS, reconnectDelayMs } from '@/lib/client/live/backoff';
import { openLiveStream, type Connection } from '@/lib/client/live/live-stream';
import type { LiveEvent } from '@/lib/core/live/event';
import { createFakeClock } from '@/tests/fakes/clock';

const BEAT =
  'event: heartbeat\ndata: {"type":"heartbeat","nowMs":1,"progress":{"read":1,"total":2}}\n\n';

function aWorld(answers: (() => Promise<Response>)[], isVisibleAtFirst = true) {
  const clock = createFakeClock();
  const events: LiveEvent[] = [];
  const states: Connection['state'][] = [];
  const offlineSince = new Set<number>();
  const signals: AbortSignal[] = [];
  const listeners = new Set<() => void>();
  let isVisible = isVisibleAtFirst;
  const stream = openLiveStream({
    path: '/api/live?q=1',
    clock,
    random: () => 0,
    visibility: {
      isVisible: () => isVisible,
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    fetch(_path, init) {
      signals.push(init.signal!);
      return (answers[signals.length - 1] ?? refused)();
    },
    onEvent: (event) => events.push(event),
    onConnection(connection) {
      states.push(connection.state);
      if (connection.state === 'offline') offlineSince.add(connection.sinceMs);
    },
  });
  const show = (visible: boolean): void => {
    isVisible = visible;
    for (const listener of listeners) listener();
  };
  return { clock, events, states, offlineSince, signals, listeners, stream, show };
}

const refused = (): Promise<Response> => Promise.reject(new TypeError('refused'));

/** An answer that says its pieces and stays open (or ends). */
const answering =
  (pieces: readonly string[], ends = false) =>
  (): Promise<Response> =>
    Promise.resolve(
      new Response(
        new ReadableStream({
          start(controller) {
            for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
            if (ends) controller.close();
          },
        }),
      ),
    );

describe('the live stream', () => {
  it('hands on events and says that it is live', async () => {
    const world = aWorld([answering([BEAT.slice(0, 20), BEAT.slice(20)])]);
    await world.clock.advance(10);
    expect(world.events).toHaveLength(1);
    expect(world.states).toEqual(['live']);
    world.stream.close();
  });

  it('comes back after the wait the server asked for', async () => {
    const world = aWorld([answering(['retry: 4000\n\n', BEAT], true), answering([BEAT])]);
    await world.clock.advance(3_900);
    expect(world.signals).toHaveLength(1);
    await world.clock.advance(200);
    expect(world.events).toHaveLength(2);
    expect(world.states).toEqual(['live', 'reconnecting', 'live']);
    world.stream.close();
  });

  it('tells that it is offline after three failures in a row', async () => {
    const world = aWorld([]);
    await world.clock.advance(10_000);
    expect(world.states.slice(0, 3)).toEqual(['reconnecting', 'reconnecting', 'offline']);
    world.stream.close();
  });

  it('is offline since it was last heard, however often it tries again', async () => {
    const world = aWorld([answering([BEAT], true)]);
    const heardMs = world.clock.nowMs();
    await world.clock.advance(120_000);
    expect(world.states.filter((state) => state === 'offline').length).toBeGreaterThan(3);
    expect([...world.offlineSince]).toEqual([heardMs]);
    world.stream.close();
  });

  it('gives up a line that has gone silent', async () => {
    const world = aWorld([answering([BEAT]), answering([BEAT])]);
    await world.clock.advance(44_000);
    expect(world.signals[0]?.aborted).toBe(false);
    await world.clock.advance(3_000);
    expect(world.signals[0]?.aborted).toBe(true);
    world.stream.close();
  });

  it('rests soon after it is hidden, so that many tabs do not use up the connections', async () => {
    const world = aWorld([answering([BEAT])]);
    await world.clock.advance(10);
    world.show(false);
    await world.clock.advance(4_000);
    expect(world.signals[0]?.aborted).toBe(true);
    expect(world.states.at(-1)).toBe('paused');
    expect(world.clock.pendingTimers).toBe(0);
    const before = world.signals.length;
    await world.clock.advance(600_000);
    expect(world.signals).toHaveLength(before);
    world.show(true);
    await world.clock.advance(10);
    expect(world.signals).toHaveLength(before + 1);
    world.stream.close();
  });

  it('is not let go by a glance at another tab', async () => {
    const world = aWorld([answering([BEAT])]);
    await world.clock.advance(10);
    world.show(false);
    await world.clock.advance(1_000);
    world.show(true);
    await world.clock.advance(10_000);
    expect(world.signals).toHaveLength(1);
    expect(world.states).toEqual(['live']);
    world.stream.close();
  });

  it('is not opened by a tab in the background before somebody looks', async () => {
    const world = aWorld([answering([BEAT])], false);
    await world.clock.advance(60_000);
    expect(world.signals).toHaveLength(0);
    expect(world.states).toEqual(['paused']);
    world.show(true);
    await world.clock.advance(10);
    expect(world.states.at(-1)).toBe('live');
    world.stream.close();
  });

  it('leaves no timer, no listener and no request behind', async () => {
    const world = aWorld([answering([BEAT])]);
    await world.clock.advance(10);
    world.show(false);
    world.stream.close();
    expect(world.clock.pendingTimers).toBe(0);
    expect(world.listeners.size).toBe(0);
    expect(world.signals[0]?.aborted).toBe(true);
    await world.clock.advance(600_000);
    expect(world.signals).toHaveLength(1);
  });

  it('ends for good even between two attempts', async () => {
    const world = aWorld([]);
    await world.clock.advance(10);
    world.stream.close();
    expect(world.clock.pendingTimers).toBe(0);
    await world.clock.advance(60_000);
    expect(world.signals).toHaveLength(1);
  });
});

it('waits longer after each failure, spread, from 1 s to 10 s', () => {
  for (let attempt = 1; attempt < 30; attempt += 1) {
    expect(reconnectDelayMs(attempt, 0)).toBe(1_000);
    expect(reconnectDelayMs(attempt, 0.999_999)).toBeLessThanOrEqual(LONGEST_WAIT_MS);
  }
  expect(reconnectDelayMs(1, 0.5)).toBe(1_500);
  expect(reconnectDelayMs(9, 0.5)).toBe(5_500);
});
