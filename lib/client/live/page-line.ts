/** How a page hears news: by the stream that tabs share, else by asking; and what it says of it. */
import type { Connection } from '@/lib/client/live/connection';
import { createLineMember, type LineMember } from '@/lib/client/live/line-member';
import type { LineMemberOptions, MemberState } from '@/lib/client/live/line-member';
import { createPoller, type PollerOptions } from '@/lib/client/live/poller';

export interface PageLineOptions extends Omit<LineMemberOptions, 'onState'> {
  readonly random: () => number;
  readonly ask: PollerOptions['ask'];
  /** Upstream time now. */
  readonly nowMs: () => number;
  readonly onConnection: (connection: Connection) => void;
}

export function openPageLine(options: PageLineOptions): LineMember {
  const { life, nowMs, onConnection } = options;
  let line: MemberState = { state: 'connecting' };
  /** When the server was last reached by asking, or by loading the page. */
  let reachedAtMs = nowMs();
  /** Of the last question asked; null: none was since the stream was lost. */
  let isReached: boolean | null = null;

  const offline = (sinceMs: number | null): Connection => ({
    state: 'offline',
    sinceMs: Math.max(reachedAtMs, sinceMs ?? 0),
  });

  const toConnection = (): Connection => {
    if (line.state === 'offline')
      return isReached ? { state: 'polling', why: 'failing' } : offline(line.sinceMs);
    if (line.state !== 'unstreamed') return { state: line.state };
    // Held back or gone: only the questions tell.
    return isReached === false ? offline(line.sinceMs) : { state: 'polling', why: line.why };
  };

  const poller = createPoller({
    ...options,
    onOutcome: (outcome) => {
      isReached = outcome;
      if (outcome) reachedAtMs = nowMs();
      onConnection(toConnection());
    },
  });

  const member = createLineMember({
    ...options,
    onState: (state) => {
      line = state;
      const isStreamless = state.state === 'offline' || state.state === 'unstreamed';
      if (!isStreamless) {
        poller.stop();
        isReached = null;
      } else if (!poller.isRunning) poller.start();
      onConnection(toConnection());
    },
  });

  const stopWatching = life.subscribe((sign) => {
    if (poller.isRunning && (sign === 'slept' || sign === 'online')) poller.start();
  });

  return {
    ask: member.ask,
    close() {
      stopWatching();
      poller.stop();
      member.close();
    },
  };
}
