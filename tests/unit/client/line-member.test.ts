import { describe, expect, it } from 'vitest';
import { createLineMember, RENEW_MS, type MemberState } from '@/lib/client/live/line-member';
import type { OpenLink, ToOwner, ToPage } from '@/lib/client/live/line-messages';
import type { LiveEvent } from '@/lib/core/live/event';
import { createFakeClock } from '@/tests/fakes/clock';
import { aLife } from '@/tests/unit/client/a-life';
import { beatAt } from '@/tests/unit/client/a-server';

/** A way to an owner that answers, is dead, or is forbidden. */
function aWay() {
  const links: {
    readonly sent: ToOwner[];
    readonly tell: (message: ToPage) => void;
    readonly break: () => void;
    isClosed: boolean;
  }[] = [];
  let isAnswering = true;
  const open: OpenLink = (onMessage, onBroken) => {
    const link = { sent: [] as ToOwner[], tell: onMessage, break: onBroken, isClosed: false };
    links.push(link);
    return {
      send(message) {
        link.sent.push(message);
        if (isAnswering && message.type === 'want')
          queueMicrotask(() => onMessage({ type: 'here' }));
      },
      close() {
        link.isClosed = true;
      },
    };
  };
  return {
    open,
    links,
    last: () => links.at(-1)!,
    openLinks: () => links.filter(({ isClosed }) => !isClosed),
    die(): void {
      isAnswering = false;
    },
  };
}

function aMember({ isVisible = true, hasShared = true } = {}) {
  const clock = createFakeClock();
  const page = aLife(isVisible);
  const shared = aWay();
  const own = aWay();
  const states: MemberState['state'][] = [];
  const events: LiveEvent[] = [];
  const member = createLineMember({
    clock,
    life: page.life,
    openShared: hasShared ? shared.open : null,
    openOwn: own.open,
    onEvents: (some) => events.push(...some),
    onState: ({ state }) => states.push(state),
  });
  return { clock, page, shared, own, states, events, member };
}

describe('a page’s part in the shared stream', () => {
  it('takes part when it is looked at, and says again and again that it is there', async () => {
    const { clock, shared, own, events, states, member } = aMember();
    member.ask(['1']);
    shared.last().tell({ type: 'state', state: { state: 'live' } });
    shared.last().tell({ type: 'events', events: [beatAt(1)], isReplay: false });
    await clock.advance(3 * RENEW_MS + 100);
    expect(shared.last().sent).toEqual(Array(4).fill({ type: 'want', keys: ['1'] }));
    expect(shared.links).toHaveLength(1);
    expect(own.links).toHaveLength(0);
    expect(events).toEqual([beatAt(1)]);
    expect(states).toEqual(['live']);
    member.close();
  });

  it('says new questions on the way it has', async () => {
    const { clock, shared, states, member } = aMember();
    member.ask([]);
    expect(shared.links).toHaveLength(0);
    member.ask(['1']);
    member.ask(['1', '2']);
    // A filter that matches nothing keeps the line.
    member.ask([]);
    await clock.advance(100);
    expect(shared.links).toHaveLength(1);
    expect(shared.last().sent.at(-1)).toEqual({ type: 'want', keys: ['1', '2'] });
    expect(states).toEqual([]);
    member.close();
  });

  it('leaves three seconds after it is hidden, and not for a glance at another tab', async () => {
    const { clock, page, shared, states, member } = aMember();
    member.ask(['1']);
    page.show(false);
    await clock.advance(2_000);
    page.show(true);
    await clock.advance(10_000);
    expect(shared.openLinks()).toHaveLength(1);
    page.show(false);
    await clock.advance(3_100);
    expect(shared.openLinks()).toHaveLength(0);
    expect(states.at(-1)).toBe('paused');
    expect(clock.pendingTimers).toBe(0);
    await clock.advance(600_000);
    expect(shared.links).toHaveLength(1);
    page.show(true);
    expect(shared.openLinks()).toHaveLength(1);
    expect(shared.last().sent[0]).toEqual({ type: 'want', keys: ['1'] });
    expect(states.at(-1)).toBe('reconnecting');
    member.close();
  });

  it('leaves at once when it is frozen or put aside, for no timer of it will run', () => {
    const { clock, page, shared, member } = aMember();
    member.ask(['1']);
    page.tell('frozen');
    expect(shared.openLinks()).toHaveLength(0);
    expect(clock.pendingTimers).toBe(0);
    // All that a browser may say on return: it takes part once.
    page.tell('seen');
    page.tell('seen');
    page.tell('online');
    page.tell('slept');
    expect(shared.openLinks()).toHaveLength(1);
    expect(shared.links).toHaveLength(2);
    member.close();
  });

  it('tells the owner of a sleep and of a new network', () => {
    const { page, shared, member } = aMember();
    member.ask(['1']);
    page.tell('slept');
    page.tell('online');
    expect(shared.last().sent.filter(({ type }) => type === 'wake')).toEqual([
      { type: 'wake', isNetworkNew: false },
      { type: 'wake', isNetworkNew: true },
    ]);
    member.close();
  });

  it('does not take part in the background before somebody looks', async () => {
    const { clock, page, shared, states, member } = aMember({ isVisible: false });
    member.ask(['1']);
    page.tell('online');
    await clock.advance(60_000);
    expect(shared.links).toHaveLength(0);
    expect(states).toEqual(['paused']);
    page.show(true);
    expect(shared.openLinks()).toHaveLength(1);
    member.close();
  });

  it('leaves no timer, no listener and no way behind', async () => {
    const { clock, page, shared, own, member } = aMember();
    member.ask(['1']);
    await clock.advance(100);
    page.show(false);
    member.close();
    expect(clock.pendingTimers).toBe(0);
    expect(page.listeners.size).toBe(0);
    expect([...shared.openLinks(), ...own.openLinks()]).toEqual([]);
  });
});

describe('a page whose shared stream does not work', () => {
  it('has a stream of its own where nothing can be shared', () => {
    const { own, member } = aMember({ hasShared: false });
    member.ask(['1']);
    expect(own.openLinks()).toHaveLength(1);
    member.close();
  });

  it('has one of its own at once when the shared one is forbidden', () => {
    const { shared, own, member } = aMember();
    member.ask(['1']);
    shared.last().break();
    expect(shared.openLinks()).toHaveLength(0);
    expect(own.last().sent).toEqual([{ type: 'want', keys: ['1'] }]);
    member.close();
  });

  it('knocks twice at an owner that does not answer, then has its own', async () => {
    const { clock, shared, own, member } = aMember();
    shared.die();
    member.ask(['1']);
    await clock.advance(5_100);
    expect(shared.links).toHaveLength(2);
    expect(own.links).toHaveLength(0);
    await clock.advance(5_000);
    expect(shared.openLinks()).toHaveLength(0);
    expect(own.openLinks()).toHaveLength(1);
    await clock.advance(600_000);
    expect(own.links).toHaveLength(1);
    member.close();
  });

  it('notices an owner that dies later, and hears nothing of it afterwards', async () => {
    const { clock, shared, own, events, member } = aMember();
    member.ask(['1']);
    await clock.advance(60_000);
    shared.die();
    await clock.advance(RENEW_MS + 11_000);
    expect(own.openLinks()).toHaveLength(1);
    shared.links[0]!.tell({ type: 'events', events: [beatAt(1)], isReplay: false });
    expect(events).toEqual([]);
    member.close();
  });

  it('gives the shared one its chance again when it is looked at again', async () => {
    const { clock, page, shared, own, member } = aMember();
    member.ask(['1']);
    shared.last().break();
    page.show(false);
    await clock.advance(4_000);
    expect(own.openLinks()).toHaveLength(0);
    page.show(true);
    expect(shared.openLinks()).toHaveLength(1);
    expect(own.openLinks()).toHaveLength(0);
    member.close();
  });
});
