import { describe, expect, it } from 'vitest';
import { livePath } from '@/lib/client/api';
import type { Connection } from '@/lib/client/live/connection';
import { createLineOwner } from '@/lib/client/live/line-owner';
import type { OpenLink, ToOwner } from '@/lib/client/live/line-messages';
import { ownLink } from '@/lib/client/live/links';
import { openPageLine } from '@/lib/client/live/page-line';
import type { LiveEvent } from '@/lib/core/live/event';
import { createFakeClock, type FakeClock } from '@/tests/fakes/clock';
import { aLife } from '@/tests/unit/client/a-life';
import { aServer, type Answer } from '@/tests/unit/client/a-server';

const MINUTE_MS = 60_000;
const BUILT_MS = 500;

function aWorld(script: readonly Answer[] = [], otherwise: Answer = 'open') {
  const clock = createFakeClock();
  const server = aServer(script, otherwise);
  const world = { clock, fetch: server.fetch, random: () => 0, pathOf: livePath };
  return { clock, server, world };
}

function aPage({ clock, world }: ReturnType<typeof aWorld>, openShared: OpenLink | null = null) {
  const page = aLife();
  const connections: Connection[] = [];
  const events: LiveEvent[] = [];
  let polls = 0;
  let isReached = true;
  const line = openPageLine({
    clock,
    life: page.life,
    random: () => 0,
    openShared,
    openOwn: ownLink(world),
    nowMs: () => BUILT_MS + clock.monotonicMs(),
    ask() {
      polls += 1;
      return Promise.resolve(isReached);
    },
    onConnection: (connection) => connections.push(connection),
    onEvents: (some) => events.push(...some),
  });
  return {
    ...page,
    line,
    events,
    polls: () => polls,
    now: () => connections.at(-1),
    reach(reached: boolean): void {
      isReached = reached;
    },
  };
}

describe('a page without a stream', () => {
  it('asks every 30 s where streams are held back, says so, and stops with the first byte', async () => {
    const world = aWorld([], 'mute');
    const page = aPage(world);
    page.line.ask(['1']);
    await world.clock.advance(20_000);
    expect(page.polls()).toBe(0);
    await world.clock.advance(5_000);
    expect(page.now()).toEqual({ state: 'polling', why: 'held' });
    expect(page.polls()).toBe(1);
    await world.clock.advance(4 * MINUTE_MS);
    expect(page.polls()).toBe(9);
    expect(world.server.asked).toHaveLength(2);
    world.server.answerWith('open');
    await world.clock.advance(MINUTE_MS);
    expect(page.now()).toEqual({ state: 'live' });
    const before = page.polls();
    await world.clock.advance(40_000);
    expect(page.polls()).toBe(before);
    page.line.close();
  });

  it('asks while the server has no room for a stream', async () => {
    const full = new Response('{}', { status: 429, headers: { 'retry-after': '7' } });
    const world = aWorld([], full);
    const page = aPage(world);
    page.line.ask(['1']);
    await world.clock.advance(MINUTE_MS);
    expect(page.now()).toEqual({ state: 'polling', why: 'full' });
    expect(page.polls()).toBe(2);
    page.line.close();
  });

  it('is not said to be held back when nothing answers at all', async () => {
    const world = aWorld([], 'unanswered');
    const page = aPage(world);
    page.reach(false);
    page.line.ask(['1']);
    await world.clock.advance(MINUTE_MS);
    expect(page.now()).toEqual({ state: 'offline', sinceMs: BUILT_MS });
    page.reach(true);
    await world.clock.advance(30_000);
    expect(page.now()).toEqual({ state: 'polling', why: 'held' });
    page.line.close();
  });

  it('says since when the server is gone: since the last beat, or since it last answered', async () => {
    const world = aWorld(['open'], 'refused');
    const page = aPage(world);
    page.reach(false);
    page.line.ask(['1']);
    await world.clock.advance(100);
    world.server.last().end();
    await world.clock.advance(MINUTE_MS);
    // The server's only beat said 1,000.
    expect(page.now()).toEqual({ state: 'offline', sinceMs: 1_000 });
    page.reach(true);
    await world.clock.advance(30_000);
    expect(page.now()).toEqual({ state: 'polling', why: 'failing' });
    page.reach(false);
    await world.clock.advance(30_000);
    const since = page.now();
    expect(since?.state === 'offline' && since.sinceMs).toBeGreaterThan(MINUTE_MS);
    page.line.close();
  });

  it('does not ask while it is hidden, and asks soon after a sleep', async () => {
    const world = aWorld([], 'mute');
    const page = aPage(world);
    page.line.ask(['1']);
    await world.clock.advance(30_000);
    const before = page.polls();
    page.tell('slept');
    await world.clock.advance(100);
    expect(page.polls()).toBe(before + 1);
    page.show(false);
    await world.clock.advance(3_100);
    const hidden = page.polls();
    await world.clock.advance(10 * MINUTE_MS);
    expect(page.polls()).toBe(hidden);
    expect(page.now()).toEqual({ state: 'paused' });
    expect(world.clock.pendingTimers).toBe(0);
    page.line.close();
  });

  it('leaves nothing behind when it closes in the middle of asking', async () => {
    const world = aWorld([], 'mute');
    const page = aPage(world);
    page.line.ask(['1']);
    await world.clock.advance(MINUTE_MS);
    page.line.close();
    expect(world.clock.pendingTimers).toBe(0);
    expect(page.listeners.size).toBe(0);
    const told = page.polls();
    await world.clock.advance(10 * MINUTE_MS);
    expect(page.polls()).toBe(told);
    for (const { signal } of world.server.asked) expect(signal.aborted).toBe(true);
  });
});

/** Pages and an owner in another thread: messages are copied and take a turn. */
function aSharedWay(world: ReturnType<typeof aWorld>): OpenLink {
  const owner = createLineOwner({ ...world.world, lingerMs: 1_000 });
  return (onMessage) => {
    let isOpen = true;
    const seat = owner.join((message) => {
      const copy = structuredClone(message);
      queueMicrotask(() => isOpen && onMessage(copy));
    });
    const post = (message: ToOwner): void => {
      const copy = structuredClone(message);
      queueMicrotask(() => seat.receive(copy));
    };
    return {
      send: post,
      close() {
        isOpen = false;
        post({ type: 'leave' });
      },
    };
  };
}

const beatFor = async (
  clock: FakeClock,
  server: ReturnType<typeof aServer>,
  ms: number,
): Promise<void> => {
  for (let passedMs = 0; passedMs < ms; passedMs += 15_000) {
    await clock.advance(15_000);
    for (const stream of server.open())
      stream.sayEvent({
        type: 'heartbeat',
        nowMs: clock.nowMs(),
        progress: { read: 1, total: 1, atRest: { read: 0, total: 0 } },
        storeProblem: null,
      });
  }
  await clock.advance(10);
};

describe('tabs that share one stream', () => {
  it('are eight and live with one stream, through hours of hiding and coming back', async () => {
    const world = aWorld();
    const shared = aSharedWay(world);
    const tabs = Array.from({ length: 8 }, () => aPage(world, shared));
    tabs.forEach(({ line }, place) => line.ask([String(place)]));
    await beatFor(world.clock, world.server, MINUTE_MS);
    for (const tab of tabs) expect(tab.now()).toEqual({ state: 'live' });
    expect(world.server.asked).toHaveLength(1);
    for (let hour = 0; hour < 3; hour += 1) {
      for (const tab of tabs.slice(hour)) tab.show(false);
      await beatFor(world.clock, world.server, 60 * MINUTE_MS);
      for (const tab of tabs) tab.show(true);
      await beatFor(world.clock, world.server, MINUTE_MS);
      expect(world.server.open()).toHaveLength(1);
      for (const tab of tabs) expect(tab.now()).toEqual({ state: 'live' });
    }
    for (const tab of tabs) tab.line.close();
    await world.clock.advance(1_100);
    expect(world.server.open()).toHaveLength(0);
    expect(world.clock.pendingTimers).toBe(0);
  });

  it('frozen for ten minutes and offline, then back: fresh at once, one stream, nothing asked twice', async () => {
    const world = aWorld();
    const shared = aSharedWay(world);
    const tab = aPage(world, shared);
    tab.line.ask(['1']);
    await beatFor(world.clock, world.server, MINUTE_MS);
    tab.tell('frozen');
    await world.clock.advance(2_000);
    expect(world.server.open()).toHaveLength(0);
    world.server.answerWith('refused');
    await world.clock.advance(10 * MINUTE_MS);
    expect(world.server.asked).toHaveLength(1);
    world.server.answerWith('open');
    const before = tab.events.length;
    tab.tell('seen');
    tab.tell('online');
    tab.tell('slept');
    await world.clock.advance(1_000);
    expect(tab.events.length).toBeGreaterThan(before);
    expect(tab.now()).toEqual({ state: 'live' });
    expect(world.server.asked).toHaveLength(2);
    expect(world.server.open()).toHaveLength(1);
    expect(tab.polls()).toBe(0);
    tab.line.close();
  });
});
