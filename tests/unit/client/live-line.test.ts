import { describe, expect, it } from 'vitest';
import { livePath } from '@/lib/client/api';
import { LONGEST_WAIT_MS, reconnectDelayMs, spreadMs } from '@/lib/client/live/backoff';
import type { LineState } from '@/lib/client/live/connection';
import { createLiveLine } from '@/lib/client/live/live-line';
import { RARE_MS } from '@/lib/client/live/trouble';
import type { LiveEvent } from '@/lib/core/live/event';
import { createFakeClock } from '@/tests/fakes/clock';
import { aServer, beatAt, toText, type Answer } from '@/tests/unit/client/a-server';

const MINUTE_MS = 60_000;

function aLine(script: readonly Answer[] = [], otherwise: Answer = 'open', chance = 0) {
  const clock = createFakeClock();
  const server = aServer(script, otherwise);
  const events: LiveEvent[] = [];
  const told: LineState[] = [];
  const line = createLiveLine({
    clock,
    fetch: server.fetch,
    random: () => chance,
    pathOf: livePath,
    onEvents: (some) => events.push(...some),
    onChange: () => {
      if (JSON.stringify(line.state) !== JSON.stringify(told.at(-1))) told.push(line.state);
    },
  });
  const states = (): string[] => told.map(({ state }) => state);
  /** Beats, as the server does, for so long. */
  const beat = async (ms: number): Promise<void> => {
    for (let passedMs = 0; passedMs < ms; passedMs += 15_000) {
      await clock.advance(15_000);
      server.last().sayEvent(beatAt(passedMs));
    }
    await clock.advance(1);
  };
  return { clock, server, events, told, states, line, beat };
}

describe('the line', () => {
  it('hands on events wherever the text was cut, and is live with the first byte', async () => {
    const { clock, server, events, states, line } = aLine(['mute']);
    line.ask(['1']);
    await clock.advance(100);
    expect(states()).toEqual([]);
    const text = toText(beatAt(7));
    server.last().say(text.slice(0, 20));
    server.last().say(text.slice(20));
    await clock.advance(10);
    expect(events).toEqual([beatAt(7)]);
    expect(states()).toEqual(['live']);
    line.ask([]);
  });

  it('asks once for pages that open together, or open twice as in development', async () => {
    const { clock, server, line } = aLine();
    line.ask(['1']);
    line.ask([]);
    line.ask(['1']);
    line.ask(['1', '2']);
    await clock.advance(MINUTE_MS / 2);
    expect(server.asked.map(({ path }) => path)).toEqual(['/api/live?q=1&q=2']);
    line.ask([]);
  });

  it('keeps the old stream until the one for new questions speaks', async () => {
    const { clock, server, events, states, line } = aLine(['open', 'mute']);
    line.ask(['1']);
    await clock.advance(100);
    line.ask(['1', '2']);
    line.ask(['1', '2', '3']);
    await clock.advance(1_000);
    expect(server.asked.map(({ path }) => path)).toEqual([
      '/api/live?q=1',
      '/api/live?q=1&q=2&q=3',
    ]);
    server.asked[0]!.sayEvent(beatAt(42));
    await clock.advance(10);
    expect(events.at(-1)).toEqual(beatAt(42));
    expect(line.serves('2')).toBe(false);
    server.asked[1]!.sayEvent(beatAt(43));
    await clock.advance(10);
    expect(server.asked[0]!.signal.aborted).toBe(true);
    expect(line.serves('2')).toBe(true);
    expect(states()).toEqual(['live']);
    line.ask([]);
  });

  it('is not disturbed when the stream for new questions fails: the old one still speaks', async () => {
    const { clock, server, states, line } = aLine(['open', 'refused', 'refused', 'open']);
    line.ask(['1']);
    await clock.advance(100);
    line.ask(['1', '2']);
    await clock.advance(500);
    expect(server.asked).toHaveLength(2);
    expect(server.asked[0]!.signal.aborted).toBe(false);
    await clock.advance(5_000);
    expect(line.serves('2')).toBe(true);
    expect(states()).toEqual(['live']);
    line.ask([]);
  });

  it('lets go late of what nobody asks any more, and not at all when it is asked again', async () => {
    const { clock, server, line } = aLine();
    line.ask(['1', '2']);
    await clock.advance(100);
    line.ask(['1']);
    await clock.advance(2_000);
    line.ask(['1', '2']);
    await clock.advance(10_000);
    expect(server.asked).toHaveLength(1);
    line.ask(['1']);
    await clock.advance(6_000);
    expect(server.asked.map(({ path }) => path)).toEqual(['/api/live?q=1&q=2', '/api/live?q=1']);
    expect(server.open()).toHaveLength(1);
    line.ask([]);
  });

  it('comes back after the wait the server asked for', async () => {
    const { clock, server, states, line } = aLine();
    line.ask(['1']);
    await clock.advance(100);
    server.last().say('retry: 4000\n\n');
    server.last().end();
    await clock.advance(3_900);
    expect(server.asked).toHaveLength(1);
    await clock.advance(200);
    expect(server.asked).toHaveLength(2);
    expect(states()).toEqual(['live', 'reconnecting', 'live']);
    line.ask([]);
  });

  it('tells that it is offline after three failures, since the last beat, however often it tries', async () => {
    const { clock, server, told, states, line } = aLine(['open'], 'refused');
    line.ask(['1']);
    await clock.advance(100);
    server.last().sayEvent(beatAt(5_555));
    await clock.advance(10);
    server.last().end();
    await clock.advance(2 * MINUTE_MS);
    expect(states()).toEqual(['live', 'reconnecting', 'offline']);
    expect(server.asked.length).toBeGreaterThan(8);
    const since = told.flatMap((state) => (state.state === 'offline' ? [state.sinceMs] : []));
    expect([...new Set(since)]).toEqual([5_555]);
    line.ask([]);
  });

  it('comes ever later to a server that opens every stream and ends it at once', async () => {
    const { clock, server, line } = aLine([], 'open', 0.999);
    line.ask(['1']);
    for (let second = 0; second < 120; second += 1) {
      await clock.advance(1_000);
      if (server.last()?.isOpen()) server.last().end();
    }
    expect(server.asked.length).toBeGreaterThan(10);
    expect(server.asked.length).toBeLessThan(16);
    line.ask([]);
  });

  it('gives up a line that has gone silent', async () => {
    const { clock, server, beat, states, line } = aLine();
    line.ask(['1']);
    await clock.advance(100);
    await beat(30_000);
    await clock.advance(44_000);
    expect(server.asked[0]!.signal.aborted).toBe(false);
    await clock.advance(3_000);
    expect(server.asked[0]!.signal.aborted).toBe(true);
    expect(states()).toEqual(['live', 'reconnecting', 'live']);
    line.ask([]);
  });

  it('takes a page of something in between for no stream, whatever its status', async () => {
    const html = new Response('<p>Sign in</p>', { headers: { 'content-type': 'text/html' } });
    const { clock, states, line } = aLine([], html);
    line.ask(['1']);
    await clock.advance(10_000);
    expect(states()).not.toContain('live');
    expect(line.state.state).toBe('offline');
    line.ask([]);
  });

  it('skips what a newer server says and it does not know', async () => {
    const { clock, server, events, line } = aLine(['mute']);
    line.ask(['1']);
    await clock.advance(100);
    server.last().say('data: {"type":"fireworks"}\n\ndata: not json\n\ndata: null\n\n');
    server.last().sayEvent(beatAt(3));
    await clock.advance(10);
    expect(events).toEqual([beatAt(3)]);
    line.ask([]);
  });

  it('leaves no timer and no request behind when nobody asks any more', async () => {
    for (const answer of ['open', 'mute', 'unanswered', 'refused'] as const) {
      const { clock, server, line } = aLine([], answer);
      line.ask(['1']);
      await clock.advance(100);
      line.ask(['1', '2']);
      await clock.advance(400);
      line.ask([]);
      await clock.advance(0);
      expect(clock.pendingTimers, answer).toBe(0);
      for (const { signal } of server.asked)
        expect(signal.aborted || answer === 'refused').toBe(true);
      const before = server.asked.length;
      await clock.advance(20 * MINUTE_MS);
      expect(server.asked, answer).toHaveLength(before);
    }
  });
});

describe('where streams do not get through', () => {
  for (const answer of ['mute', 'unanswered'] as const)
    it(`gives up after two that stay ${answer}, tries every five minutes, and comes back`, async () => {
      const { clock, server, told, line } = aLine([], answer);
      line.ask(['1']);
      await clock.advance(15_000);
      expect(line.state.state).toBe('reconnecting');
      await clock.advance(10_000);
      expect(told.at(-1)).toEqual({ state: 'unstreamed', why: 'held', sinceMs: null });
      expect(server.asked).toHaveLength(2);
      await clock.advance(RARE_MS - 20_000);
      expect(server.asked).toHaveLength(2);
      server.answerWith('open');
      await clock.advance(25_000);
      expect(server.asked).toHaveLength(3);
      expect(line.state.state).toBe('live');
      line.ask([]);
    });

  it('is not fooled by a proxy that lets the first values through and holds back the beats', async () => {
    const { clock, server, line } = aLine();
    line.ask(['1']);
    await clock.advance(2 * 46_000 + 5_000);
    expect(server.asked).toHaveLength(2);
    expect(line.state).toMatchObject({ state: 'unstreamed', why: 'held' });
    line.ask([]);
  });

  it('counts only what is held twice in a row', async () => {
    const { clock, line } = aLine(['mute', 'refused', 'mute'], 'open');
    line.ask(['1']);
    await clock.advance(40_000);
    expect(line.state.state).toBe('live');
    line.ask([]);
  });

  it('comes back to a full server when it said, each time later, five minutes at most', async () => {
    const full = new Response('{}', { status: 503, headers: { 'retry-after': '10' } });
    const { clock, server, line } = aLine([], full);
    line.ask(['1']);
    const atMs: number[] = [];
    for (let second = 0; second < 1_500; second += 1) {
      await clock.advance(1_000);
      if (server.asked.length > atMs.length) atMs.push(second);
    }
    const waits = atMs.slice(1).map((ms, place) => ms - atMs[place]!);
    expect(waits).toEqual([10, 20, 40, 80, 160, 300, 300, 300]);
    expect(line.state).toMatchObject({ state: 'unstreamed', why: 'full' });
    line.ask([]);
  });

  it('takes a 503 without a time as a passing trouble: after a start the list is not read yet', async () => {
    const early = new Response('{}', { status: 503 });
    const { clock, states, line } = aLine([early, early], 'open');
    line.ask(['1']);
    await clock.advance(6_000);
    expect(states()).toEqual(['reconnecting', 'live']);
    line.ask([]);
  });

  it('tries at once when the network comes back, not when somebody merely looks', async () => {
    const { clock, server, line } = aLine([], 'mute');
    line.ask(['1']);
    await clock.advance(30_000);
    expect(line.state.state).toBe('unstreamed');
    line.wake(false);
    await clock.advance(1_000);
    expect(server.asked).toHaveLength(2);
    server.answerWith('open');
    line.wake(true);
    await clock.advance(100);
    expect(line.state.state).toBe('live');
    line.ask([]);
  });
});

describe('after a sleep', () => {
  it('is fresh within a second of ten minutes asleep, with one stream, and says so only when it is', async () => {
    const { clock, server, events, states, beat, line } = aLine();
    line.ask(['1']);
    await beat(MINUTE_MS);
    // The machine sleeps: no timer runs, the steady clock stands still, the connection is dead and nobody says so.
    clock.stepWall(10 * MINUTE_MS);
    const before = events.length;
    line.wake(false);
    line.wake(true);
    line.wake(false);
    expect(line.state.state).toBe('reconnecting');
    await clock.advance(1_000);
    expect(events.length).toBeGreaterThan(before);
    expect(server.asked).toHaveLength(2);
    expect(server.open()).toHaveLength(1);
    expect(states()).toEqual(['live', 'reconnecting', 'live']);
    line.ask([]);
  });

  it('leaves a stream alone that was heard lately, however often one looks', async () => {
    const { clock, server, beat, line } = aLine();
    line.ask(['1']);
    await beat(30_000);
    for (let look = 0; look < 20; look += 1) {
      line.wake(false);
      await clock.advance(100);
    }
    expect(server.asked).toHaveLength(1);
    line.ask([]);
  });

  it('cuts the wait short when somebody looks, and asks no second time while one is on its way', async () => {
    const { clock, server, line } = aLine(['refused', 'refused', 'refused'], 'unanswered');
    line.ask(['1']);
    await clock.advance(2_500);
    expect(server.asked).toHaveLength(3);
    line.wake(false);
    await clock.advance(500);
    line.wake(false);
    line.wake(true);
    await clock.advance(500);
    expect(server.asked).toHaveLength(4);
    line.ask([]);
  });

  it('replaces a stream on a new network without a gap', async () => {
    const { clock, server, states, beat, line } = aLine();
    line.ask(['1']);
    await beat(30_000);
    // Heard on this very network.
    line.wake(true);
    await clock.advance(3_000);
    expect(server.asked).toHaveLength(1);
    line.wake(true);
    await clock.advance(100);
    expect(server.asked).toHaveLength(2);
    expect(server.open()).toHaveLength(1);
    expect(new Set(states())).toEqual(new Set(['live']));
    line.ask([]);
  });
});

it('waits longer after each failure, spread, from 1 s to 10 s', () => {
  for (let attempt = 1; attempt < 30; attempt += 1) {
    expect(reconnectDelayMs(attempt, 0)).toBe(1_000);
    expect(reconnectDelayMs(attempt, 0.999_999)).toBeLessThanOrEqual(LONGEST_WAIT_MS);
  }
  expect(reconnectDelayMs(1, 0.5)).toBe(1_500);
  expect(reconnectDelayMs(9, 0.5)).toBe(5_500);
  expect(spreadMs(30_000, 0)).toBe(30_000);
  expect(spreadMs(30_000, 0.5)).toBe(33_000);
});
