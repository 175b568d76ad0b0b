/**
 * Owns the one stream of several pages: asks for all they look at, hands each what it asked for, and lets go of pages
 * that left or fell silent. Lives in a worker that tabs share, or, where there is none, in the page itself.
 */
import { MAX_STREAMED } from '@/lib/client/api';
import type { LineState } from '@/lib/client/live/connection';
import { createLastEvents, keyOf } from '@/lib/client/live/last-events';
import type { ToOwner, ToPage } from '@/lib/client/live/line-messages';
import { createLiveLine, type LineWorld } from '@/lib/client/live/live-line';
import { unionOf } from '@/lib/client/live/union';
import type { LiveEvent } from '@/lib/core/live/event';

export interface LineOwnerOptions extends LineWorld {
  /** How long the stream waits for the next page when the last has left: somebody follows a link. */
  readonly lingerMs: number;
}

export interface Seat {
  receive(message: ToOwner): void;
  /** The page is gone. */
  leave(): void;
}

export interface LineOwner {
  join(post: (message: ToPage) => void): Seat;
}

/** Pages say every 20 s that they are there; a crashed one says nothing. */
const SILENT_PAGE_MS = 65_000;

interface Member {
  keys: ReadonlySet<string>;
  /** Was it served once with what it asks? Then a change of questions is no news to it. */
  isServed: boolean;
  told: string;
  readonly post: (message: ToPage) => void;
  cancelLease: () => void;
}

export function createLineOwner(options: LineOwnerOptions): LineOwner {
  const { clock, lingerMs } = options;
  const members = new Set<Member>();
  const last = createLastEvents(clock);
  let asked: ReadonlySet<string> = new Set();
  let cancelLinger = (): void => {};

  const onEvents = (events: readonly LiveEvent[]): void => {
    for (const event of events) last.take(event);
    for (const member of members) {
      const mine = events.filter((event) => {
        const key = keyOf(event);
        return key === null || member.keys.has(key);
      });
      if (mine.length > 0) member.post({ type: 'events', events: mine, isReplay: false });
    }
  };

  const onChange = (): void => {
    if (line.state.state === 'live') last.keepOnly((key) => line.serves(key));
    for (const member of members) tellState(member);
  };

  const line = createLiveLine({ ...options, onEvents, onChange });

  const stateFor = (member: Member): LineState => {
    if (line.state.state === 'live' && !member.isServed)
      // What had no room in the stream is not waited for.
      member.isServed = [...member.keys].every((key) => line.serves(key) || !asked.has(key));
    return line.state.state === 'live' && !member.isServed ? { state: 'connecting' } : line.state;
  };

  const tellState = (member: Member): void => {
    const state = stateFor(member);
    const text = JSON.stringify(state);
    if (text === member.told) return;
    member.told = text;
    member.post({ type: 'state', state });
  };

  const askForAll = (): void => {
    cancelLinger();
    const union = unionOf(
      [...members].map(({ keys }) => [...keys]),
      MAX_STREAMED,
    );
    asked = new Set(union);
    if (union.length > 0) return line.ask(union);
    const letGo = (): void => {
      line.ask([]);
      last.clear();
    };
    if (lingerMs > 0) cancelLinger = clock.setTimer(letGo, lingerMs);
    else letGo();
  };

  const leave = (member: Member): void => {
    member.cancelLease();
    if (members.delete(member)) askForAll();
  };

  const want = (member: Member, keys: readonly string[]): void => {
    member.cancelLease();
    member.cancelLease = clock.setTimer(() => leave(member), SILENT_PAGE_MS);
    member.post({ type: 'here' });
    const isNew = !members.has(member);
    if (isNew) {
      members.add(member);
      member.keys = new Set();
      member.isServed = false;
      member.told = '';
    }
    const added = keys.filter((key) => !member.keys.has(key));
    if (!isNew && added.length === 0 && keys.length === member.keys.size) return;
    member.keys = new Set(keys);
    const known = last.of(added);
    if (known.length > 0) member.post({ type: 'events', events: known, isReplay: true });
    askForAll();
    tellState(member);
  };

  return {
    join(post) {
      const member: Member = {
        keys: new Set(),
        isServed: false,
        told: '',
        post,
        cancelLease: () => undefined,
      };
      return {
        receive(message) {
          if (message.type === 'want') want(member, message.keys);
          else if (message.type === 'leave') leave(member);
          else line.wake(message.isNetworkNew);
        },
        leave: () => leave(member),
      };
    },
  };
}
