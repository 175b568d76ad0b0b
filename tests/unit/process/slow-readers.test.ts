import { afterEach, describe, expect, it } from 'vitest';
import type { LiveHouse, Viewer } from './live-house';
import { aLiveHouse, openViewer, until } from './live-house';

let house: LiveHouse | undefined;
afterEach(() => house?.stop());

const HALF_MEGABYTE = 'x'.repeat(512 * 1024);

/** Fills all buffers between us and the viewers that do not read; answers the last revision told. */
async function fillUp({ live, world, tell }: LiveHouse, behind: number): Promise<number> {
  world.padding = HALF_MEGABYTE;
  let revision = 0;
  await until(
    () => live.counts().behind === behind,
    () => tell((revision += 1)),
  );
  // What newcomers get is small again.
  world.padding = '';
  await tell((revision += 1));
  return revision;
}

describe('a slow reader', () => {
  it('gets the last value once it reads again, and not what it missed', async () => {
    house = await aLiveHouse();
    const slow = openViewer(house.port, '/api/live?q=1', false);
    const quick = openViewer(house.port);
    await until(() => house?.live.counts().open === 2);
    const filled = await fillUp(house, 1);
    for (let revision = filled + 1; revision <= filled + 50; revision += 1)
      await house.tell(revision);
    await house.clock.advance(60_000);
    await until(() => quick.revisions().at(-1) === filled + 50);
    expect(quick.revisions().slice(-50)).toEqual(
      Array.from({ length: 50 }, (_, at) => filled + 1 + at),
    );
    const { replaced } = house.live.counts();
    expect(replaced).toBeGreaterThanOrEqual(49);
    slow.socket.resume();
    await until(() => slow.revisions().at(-1) === filled + 50);
    expect(slow.isOver()).toBe(false);
    // Fifty were told while it did not read; it hears of the newest alone, and of one beat.
    expect(slow.revisions().filter((revision) => revision > filled)).toEqual([filled + 50]);
    expect(slow.text().match(/event: heartbeat/g)?.length).toBeLessThanOrEqual(3);
    await until(() => house?.live.counts().behind === 0);
    await house.tell(9_999);
    await until(() => slow.revisions().at(-1) === 9_999);
  });

  it('holds up nobody', async () => {
    house = await aLiveHouse();
    const slow = Array.from({ length: 10 }, () => openViewer(house?.port ?? 0, undefined, false));
    const quick = openViewer(house.port);
    await until(() => house?.live.counts().open === 11);
    const filled = await fillUp(house, slow.length);
    await house.tell(filled + 1);
    await until(() => quick.revisions().at(-1) === filled + 1);
  });

  it('is let go when it takes nothing for too long, and nobody else is', async () => {
    house = await aLiveHouse({ stalledMs: 1_000 });
    const never = openViewer(house.port, '/api/live?q=1', false);
    const quick = openViewer(house.port);
    await until(() => house?.live.counts().open === 2);
    await fillUp(house, 1);
    // Beats go on meanwhile, much more often than the limit.
    await until(
      () => house?.live.counts().letGo === 1,
      () => house?.clock.advance(15_000) ?? Promise.resolve(),
    );
    await until(() => house?.live.counts().open === 1);
    expect(house.hub.counts().viewers).toBe(1);
    expect(house.live.counts().behind).toBe(0);
    expect(quick.isOver()).toBe(false);
    never.socket.destroy();
  });
});

describe('a process that leaves', () => {
  it('sends everybody away at different moments, and waits for no one who does not read', async () => {
    house = await aLiveHouse();
    const { port, live, clock } = house;
    const never = Array.from({ length: 10 }, () => openViewer(port, undefined, false));
    await until(() => live.counts().open === never.length);
    await fillUp(house, never.length);
    const readers = Array.from({ length: 280 }, () => openViewer(port));
    await until(() => readers.every((viewer) => viewer.revisions().length === 1));

    house.endStreams();
    expect(live.counts().open).toBe(0);
    // A grace that outlasts this test: only what is done about the silent ones can end it.
    const closed = house.close(600_000);
    await until(() => readers.every((viewer) => viewer.isOver()));
    const waits = readers.map(retryOf);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(1_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(10_000);
    expect(new Set(waits).size).toBeGreaterThan(200);
    await clock.advance(1_000);
    await closed;
    expect(clock.pendingTimers).toBe(0);

    const late = openViewer(port);
    await until(() => late.isOver());
    expect(late.text()).toBe('');
    for (const { socket } of never) socket.destroy();
  });
});

/** The last thing a viewer was told, milliseconds. */
const retryOf = (viewer: Viewer): number => {
  const retry = /retry: (\d+)\n\n\r\n0\r\n\r\n$/.exec(viewer.text());
  return Number(retry?.[1]);
};
