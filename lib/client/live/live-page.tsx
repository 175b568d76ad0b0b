'use client';

/** Makes a page live: its questions in the stream that tabs share, feeding the query cache, and one clock for its ages. */
import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type Context,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import { livePath } from '@/lib/client/api';
import { createAgeClock, type AgeClock } from '@/lib/client/live/age-clock';
import { applyEvents } from '@/lib/client/live/apply-events';
import { askAnew, askFailed } from '@/lib/client/live/ask-anew';
import { browserClock, tickMs } from '@/lib/client/live/browser-clock';
import type { Connection } from '@/lib/client/live/connection';
import type { LineMember } from '@/lib/client/live/line-member';
import { ownLink, sharedLink } from '@/lib/client/live/links';
import { createPageLife } from '@/lib/client/live/page-life';
import { openPageLine } from '@/lib/client/live/page-line';

interface Time {
  readonly clock: AgeClock;
  /** By which the page was built; the first render of browser and server agree on it. */
  readonly builtAtMs: number;
}

const TimeContext = createContext<Time | null>(null);
/** Apart from the time, so that a connection that comes and goes renders only what speaks of it. */
const ConnectionContext = createContext<Connection | null>(null);

interface LivePageProps {
  /** May change while the page is open; an equal set is no change. */
  readonly questionKeys: readonly string[];
  readonly nowMs: number;
  readonly children: ReactNode;
}

export function LivePage({ questionKeys, nowMs, children }: LivePageProps) {
  const client = useQueryClient();
  const [clock] = useState(() => createAgeClock(toRunning, nowMs, tickMs));
  const [connection, setConnection] = useState<Connection>({ state: 'connecting' });
  const line = useRef<LineMember>(null);
  const asked = questionKeys.join(' ');

  useEffect(() => {
    const life = createPageLife({ document, window }, browserClock);
    const stopWatching = life.subscribe(() => clock.catchUp());
    const opened = openPageLine({
      ...world,
      life,
      openShared: sharedLink(),
      openOwn: ownLink(world),
      nowMs: clock.nowMs,
      ask: () => askAnew(client, browserClock),
      onConnection: (next) => {
        setConnection(next);
        if (next.state === 'live') void askFailed(client);
      },
      onEvents: (events, isReplay) => applyEvents(client, clock, events, isReplay),
    });
    line.current = opened;
    return () => {
      stopWatching();
      opened.close();
    };
  }, [client, clock]);

  useEffect(() => {
    line.current?.ask(asked === '' ? [] : asked.split(' '));
  }, [client, clock, asked]);

  const time = useMemo(() => ({ clock, builtAtMs: nowMs }), [clock, nowMs]);
  return (
    <TimeContext value={time}>
      <ConnectionContext value={connection}>{children}</ConnectionContext>
    </TimeContext>
  );
}

/** Inside it time stands still at a moment: what is shown there is of then, and does not age. null: it goes on. */
export function FrozenTime({
  atMs,
  children,
}: {
  readonly atMs: number | null;
  readonly children: ReactNode;
}) {
  const running = useContext(TimeContext);
  const time = useMemo(
    () => (atMs === null ? running : { clock: frozenAt(atMs), builtAtMs: atMs }),
    [atMs, running],
  );
  return <TimeContext value={time}>{children}</TimeContext>;
}

const frozenAt = (atMs: number): AgeClock => ({
  nowMs: () => atMs,
  sync: () => undefined,
  catchUp: () => undefined,
  subscribe: () => () => undefined,
});

const world = {
  clock: browserClock,
  fetch: (url: string, init: RequestInit) => fetch(url, init),
  random: Math.random,
  pathOf: livePath,
};

/** The server renders with no clock running: its `performance` must not be asked for a page's time. */
const toRunning = {
  ...browserClock,
  nowMs: () => (typeof window === 'undefined' ? 0 : Date.now()),
  monotonicMs: () => (typeof window === 'undefined' ? 0 : performance.now()),
};

function useInside<T>(context: Context<T | null>): T {
  const value = useContext(context);
  if (value === null) throw new Error('This belongs inside LivePage.');
  return value;
}

/** Upstream time, once a second. */
export function useNow(): number {
  const { clock, builtAtMs } = useInside(TimeContext);
  return useSyncExternalStore(clock.subscribe, clock.nowMs, () => builtAtMs);
}

/**
 * What `select` makes of upstream time: whoever shows minutes renders once a minute. Gives a plain value, since it is
 * compared with the one before.
 */
export function useNowOf<T extends string | number | boolean | null>(
  select: (nowMs: number) => T,
): T {
  const { clock, builtAtMs } = useInside(TimeContext);
  return useSyncExternalStore(
    clock.subscribe,
    () => select(clock.nowMs()),
    () => select(builtAtMs),
  );
}

export const useConnection = (): Connection => useInside(ConnectionContext);
