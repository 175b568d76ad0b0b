import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { livePath, MAX_STREAMED } from '@/lib/client/api';
import type { ToPage } from '@/lib/client/live/line-messages';
import { createLineOwner } from '@/lib/client/live/line-owner';
import { unionOf } from '@/lib/client/live/union';
import type { LiveEvent } from '@/lib/core/live/event';
import type { Reading } from '@/lib/core/live/reading';
import { aFreshness, aReading } from '@/tests/builders/reading';
import { createFakeClock } from '@/tests/fakes/clock';
import { aServer, beatAt } from '@/tests/unit/client/a-server';

const MINUTE_MS = 60_000;

const ofKey = (questionKey: string, more: Partial<Reading> = {}): LiveEvent => ({
  type: 'analysis',
  reading: { ...aReading(), questionKey, ...more },
});

function anOwner(lingerMs = 1_000) {
  const clock = createFakeClock();
  const server = aServer();
  const owner = createLineOwner({
    clock,
    fetch: server.fetch,
    random: () => 0,
    pathOf: livePath,
    lingerMs,
  });
  const page = () => {
    const heard: ToPage[] = [];
    // A message crosses to another thread: what cannot be copied must not be in it.
    const seat = owner.join((message) => heard.push(structuredClone(message)));
    return {
      ...seat,
      heard,
      want: (...keys: string[]) => seat.receive({ type: 'want', keys }),
      events: () => heard.flatMap((message) => (message.type === 'events' ? message.events : [])),
      replayed: () =>
        heard.flatMap((message) =>
          message.type === 'events' && message.isReplay ? message.events : [],
        ),
      states: () =>
        heard.flatMap((message) => (message.type === 'state' ? [message.state.state] : [])),
    };
  };
  const pathsAsked = (): string[] => server.asked.map(({ path }) => path);
  return { clock, server, page, pathsAsked };
}

const keysOf = (events: readonly LiveEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'analysis' ? [event.reading.questionKey] : []));

describe('the owner of the one stream', () => {
  it('asks once for eight pages, and hands each what it asked for', async () => {
    const { clock, server, page, pathsAsked } = anOwner();
    const pages = Array.from({ length: 8 }, page);
    pages.forEach((one, place) => one.want(String(place), 'all'));
    await clock.advance(1_000);
    expect(pathsAsked()).toHaveLength(1);
    server.last().sayEvent(ofKey('all'));
    server.last().sayEvent(ofKey('3'));
    await clock.advance(10);
    for (const [place, one] of pages.entries()) {
      expect(keysOf(one.events())).toEqual(place === 3 ? ['all', '3'] : ['all']);
      expect(one.states().at(-1)).toBe('live');
      expect(one.events().filter(({ type }) => type === 'heartbeat')).toHaveLength(1);
    }
  });

  it('gives a page that joins the last values at once, without a request', async () => {
    const { clock, server, page } = anOwner();
    const first = page();
    first.want('1', '2');
    await clock.advance(100);
    server.last().sayEvent(ofKey('1'));
    server.last().sayEvent(ofKey('2'));
    server.last().sayEvent({
      type: 'problem',
      questionKey: '1',
      freshness: aFreshness({ state: 'failed' }),
    });
    await clock.advance(7_000);
    const second = page();
    second.want('1');
    expect(keysOf(second.replayed())).toEqual(['1']);
    expect(second.replayed()[0]).toMatchObject({ reading: { freshness: { state: 'failed' } } });
    // The beat it missed, 7,050 ms ago, with the time it is now.
    expect(second.replayed().at(-1)).toMatchObject({ type: 'heartbeat', nowMs: 1_000 + 7_050 });
    expect(second.states()).toEqual(['live']);
    await clock.advance(10_000);
    expect(server.asked).toHaveLength(1);
  });

  it('forgets the values the stream no longer speaks of, for they would grow old unnoticed', async () => {
    const { clock, server, page } = anOwner();
    const [first, second] = [page(), page()];
    first.want('1');
    second.want('2');
    await clock.advance(100);
    server.last().sayEvent(ofKey('1'));
    await clock.advance(10);
    first.leave();
    await clock.advance(10_000);
    expect(server.open().map(({ path }) => path)).toEqual(['/api/live?q=2']);
    const third = page();
    third.want('1');
    expect(keysOf(third.replayed())).toEqual([]);
    expect(third.states()).toEqual(['connecting']);
    await clock.advance(1_000);
    expect(third.states()).toEqual(['connecting', 'live']);
  });

  it('disturbs nobody when another page joins or scrolls', async () => {
    const { clock, server, page, pathsAsked } = anOwner();
    const [first, second] = [page(), page()];
    first.want('1');
    await clock.advance(100);
    second.want('2', '3');
    await clock.advance(100);
    second.want('3', '4');
    await clock.advance(1_000);
    expect(pathsAsked()).toEqual(['/api/live?q=1', '/api/live?q=1&q=3&q=4']);
    second.want('3', '5');
    await clock.advance(1_000);
    expect(first.states()).toEqual(['connecting', 'live']);
    expect(second.states()).toEqual(['connecting', 'live']);
    expect(server.open()).toHaveLength(1);
  });

  it('keeps its stream for the next page when somebody follows a link, and ends it when nobody comes', async () => {
    const { clock, server, page } = anOwner();
    const list = page();
    list.want('1', '2');
    await clock.advance(100);
    list.leave();
    await clock.advance(300);
    const experiment = page();
    experiment.want('1');
    await clock.advance(1_000);
    expect(server.asked).toHaveLength(1);
    expect(experiment.states()).toEqual(['live']);
    experiment.leave();
    await clock.advance(1_100);
    expect(server.open()).toHaveLength(0);
    expect(clock.pendingTimers).toBe(0);
  });

  it('takes a page that has fallen silent for crashed, and one that speaks again for alive', async () => {
    const { clock, server, page } = anOwner();
    const one = page();
    one.want('1');
    for (let second = 0; second < 5 * 60; second += 20) {
      one.want('1');
      await clock.advance(15_000);
      server.last().sayEvent(beatAt(second));
      await clock.advance(5_000);
    }
    expect(server.asked).toHaveLength(1);
    await clock.advance(2 * MINUTE_MS);
    expect(server.open()).toHaveLength(0);
    expect(clock.pendingTimers).toBe(0);
    one.want('1');
    await clock.advance(1_000);
    expect(server.open()).toHaveLength(1);
    expect(one.states().at(-1)).toBe('live');
    expect(one.heard.filter(({ type }) => type === 'here').length).toBeGreaterThan(15);
  });

  it('makes one attempt when eight pages wake at once', async () => {
    const { clock, server, page } = anOwner();
    const pages = Array.from({ length: 8 }, page);
    for (const one of pages) one.want('1');
    await clock.advance(100);
    clock.stepWall(10 * MINUTE_MS);
    for (const one of pages) {
      one.want('1');
      one.receive({ type: 'wake', isNetworkNew: false });
      one.receive({ type: 'wake', isNetworkNew: true });
    }
    await clock.advance(1_000);
    expect(server.asked).toHaveLength(2);
    expect(server.open()).toHaveLength(1);
  });

  it('asks for no more than the server takes, and lets no list cost a page its one question', async () => {
    const { clock, page, pathsAsked } = anOwner();
    const lists = [0, 1, 2].map(() => page());
    lists.forEach((list, place) =>
      list.want(...Array.from({ length: 200 }, (_, row) => String(10_000 * place + row))),
    );
    const experiment = page();
    experiment.want('99999;level=0.9');
    await clock.advance(1_000);
    const asked = new URLSearchParams(pathsAsked()[0]!.split('?')[1]).getAll('q');
    expect(asked).toHaveLength(MAX_STREAMED);
    expect(asked).toContain('99999;level=0.9');
    // What had no room is not waited for.
    for (const one of [...lists, experiment]) expect(one.states().at(-1)).toBe('live');
  });
});

it('makes one union of any pages: each question once, each page its first, equal sets equal', () => {
  const asks = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 60 }).map(String)), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(asks, fc.integer({ min: 8, max: 40 }), (some, max) => {
      const union = unionOf(some, max);
      const all = new Set(some.flat());
      expect(new Set(union).size).toBe(union.length);
      expect(union.length).toBe(Math.min(max, all.size));
      for (const key of union) expect(all.has(key)).toBe(true);
      for (const [first] of some) if (first !== undefined) expect(union).toContain(first);
      if (all.size <= max) expect(unionOf([...some].reverse(), max)).toEqual(union);
    }),
  );
});
