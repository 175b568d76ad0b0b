'use client';

/** Makes a page live: one stream for all its questions, feeding the query cache, and one clock for all its ages. */
import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import { livePath } from '@/lib/client/api';
import { createAgeClock, type AgeClock } from '@/lib/client/live/age-clock';
import { browserClock, pageVisibility, tickMs } from '@/lib/client/live/browser-clock';
import { openLiveStream, type Connection } from '@/lib/client/live/live-stream';
import { applyEvent } from '@/lib/client/queries';

interface Live {
  readonly clock: AgeClock;
  /** By which the page was built; the first render of browser and server agree on it. */
  readonly builtAtMs: number;
  readonly connection: Connection;
}

const LiveContext = createContext<Live | null>(null);

interface LivePageProps {
  readonly questionKeys: readonly string[];
  readonly nowMs: number;
  readonly children: ReactNode;
}

export function LivePage({ questionKeys, nowMs, children }: LivePageProps) {
  const client = useQueryClient();
  const [clock] = useState(() => createAgeClock(toRunning, nowMs, tickMs));
  const [connection, setConnection] = useState<Connection>({ state: 'connecting' });
  const path = livePath(questionKeys);

  useEffect(() => {
    if (path === null) return undefined;
    const stream = openLiveStream({
      path,
      clock: browserClock,
      fetch: (url, init) => fetch(url, init),
      random: Math.random,
      visibility: pageVisibility,
      onConnection: (next) => {
        setConnection(next);
        // Last fallback while nothing is pushed: ask once per failed attempt.
        if (next.state === 'offline') void client.invalidateQueries({ type: 'active' });
      },
      onEvent: (event) => {
        applyEvent(client, event);
        if (event.type === 'heartbeat') clock.sync(event.nowMs);
      },
    });
    return () => stream.close();
  }, [client, clock, path]);

  const live = { clock, builtAtMs: nowMs, connection };
  return <LiveContext value={live}>{children}</LiveContext>;
}

/** The server renders with no clock running: its `performance` must not be asked for a page's time. */
const toRunning = {
  ...browserClock,
  monotonicMs: () => (typeof window === 'undefined' ? 0 : performance.now()),
};

function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === null) throw new Error('useNow and useConnection belong inside LivePage');
  return live;
}

/** Upstream time, once a second. */
export function useNow(): number {
  const { clock, builtAtMs } = useLive();
  return useSyncExternalStore(clock.subscribe, clock.nowMs, () => builtAtMs);
}

export const useConnection = (): Connection => useLive().connection;
