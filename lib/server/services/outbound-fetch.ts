import 'server-only';
import type { Dispatcher } from 'undici';
import { Agent, fetch as undiciFetch, Pool, ProxyAgent } from 'undici';

/** security-and-reliability C3. */
const CONNECT_TIMEOUT_MS = 3_000;
/** As many as the budget lets be under way at once. */
const MAX_SOCKETS = 10;

export interface OutboundOptions {
  /** With its credentials; null: straight. */
  readonly proxyUrl: string | null;
  /** Certificate authorities (PEM) instead of the process's own; for tests. */
  readonly authorities?: string;
}

export interface Outbound {
  readonly fetch: typeof globalThis.fetch;
  /** Closes what is open, also what is under way. */
  close(): Promise<void>;
}

/** The one way out to the API: few kept connections, a connection made soon or not at all, through the proxy if there is one. */
export function createOutbound({ proxyUrl, authorities }: OutboundOptions): Outbound {
  const tls = { timeout: CONNECT_TIMEOUT_MS, ...(authorities && { ca: authorities }) };
  const dispatcher: Dispatcher =
    proxyUrl === null
      ? new Agent({ connections: MAX_SOCKETS, connect: tls })
      : new ProxyAgent({
          uri: proxyUrl,
          connections: MAX_SOCKETS,
          proxyTls: tls,
          requestTls: tls,
          clientFactory: (origin, options) => createTunnels(origin, options),
        });

  const send: typeof undiciFetch = (url, init) => undiciFetch(url, { ...init, dispatcher });
  return {
    // The types of undici and of the platform name the same standard; only their TypeScript differs.
    fetch: send as unknown as typeof globalThis.fetch,
    close: () => dispatcher.destroy(),
  };
}

/**
 * Connections to the proxy. One that takes the connection and then says nothing would hold it for minutes, and one that
 * refuses would be known as an unnamed failure: a code is what the page and the log can repeat.
 */
function createTunnels(proxy: URL, options: object): Pool {
  const pool = new Tunnels(proxy, { ...options, headersTimeout: CONNECT_TIMEOUT_MS });
  const connect = async (asked: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData> => {
    const answer = await pool.open(asked);
    if (answer.statusCode === 200) return answer;
    answer.socket.on('error', () => undefined).destroy();
    throw Object.assign(new Error('the proxy refused'), {
      code: `PROXY_ANSWERED_${answer.statusCode}`,
    });
  };
  return Object.assign(pool, { connect });
}

class Tunnels extends Pool {
  open(asked: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData> {
    return super.connect(asked);
  }
}
