import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { contentSecurityPolicy, createNonce, responseHeaders } from '@/lib/process/headers';
import { answerRefusal, findRefusal } from '@/lib/process/refusal';

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface ServerOptions {
  readonly handle: RequestHandler;
  readonly host: string;
  readonly port: number;
  readonly isDevelopment: boolean;
  /** How long nothing may move on a connection; a minute. */
  readonly stalledMs?: number;
  /** First thing of every request, also of those that are refused. */
  readonly onRequest?: (request: IncomingMessage, response: ServerResponse) => void;
}

export interface RunningServer {
  readonly url: string;
  /** Stops accepting, lets answers under way finish, and after `graceMs` closes what is left. */
  close(graceMs: number): Promise<void>;
}

/** Headers that only this process may set: a client's own would be believed further in. */
const OURS = ['content-security-policy', 'x-verdict-peer', 'x-middleware-subrequest'];

/** Beats come every 15 s: a connection on which nothing moves for this long has a reader that never reads. */
const STALLED_MS = 60_000;
/** Connections that wait to be accepted: after a restart all viewers come back within seconds. */
const BACKLOG = 4_096;
/** While leaving: how often connections whose answer has ended are closed. */
const SWEEP_MS = 100;
/** Asked on one connection before the first is answered. No browser asks ahead; all would be worked on at once. */
const MOST_AHEAD = 8;

/** Our small server around Next's handler: it owns the peer address, the limits and the security headers. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const isTooFarAhead = countAhead();
  const server = createServer(
    { maxHeaderSize: 16 * 1024, requestTimeout: 30_000, headersTimeout: 10_000 },
    (request, response) => {
      if (isTooFarAhead(request, response)) request.socket.destroy();
      else void answer(request, response, options);
    },
  );
  // Hot reloading has its own ways with sockets.
  if (!options.isDevelopment) {
    server.setTimeout(options.stalledMs ?? STALLED_MS);
    refuseUpgrades(server);
  }
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  const host = options.host === '0.0.0.0' ? 'localhost' : options.host;
  return { url: `http://${host}:${port}`, close: (graceMs) => close(server, graceMs) };
}

/** Answers whether this request has too many others before it on its connection. */
function countAhead(): (request: IncomingMessage, response: ServerResponse) => boolean {
  const underWay = new WeakMap<Socket, number>();
  return ({ socket }, response) => {
    const mine = (underWay.get(socket) ?? 0) + 1;
    underWay.set(socket, mine);
    response.once('close', () => underWay.set(socket, (underWay.get(socket) ?? 1) - 1));
    return mine > MOST_AHEAD;
  };
}

/**
 * Next listens for upgrades and hangs up on those it does not know. With nobody listening they are answered as if they
 * had not been offered, which clients that would like HTTP/2 (Java's, `curl --http2`) rely on.
 */
function refuseUpgrades(server: Server): void {
  server.on('newListener', (name) => {
    if (name === 'upgrade') queueMicrotask(() => server.removeAllListeners('upgrade'));
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { handle, host, isDevelopment, onRequest }: ServerOptions,
): Promise<void> {
  onRequest?.(request, response);
  for (const name of OURS) delete request.headers[name];
  const policy = contentSecurityPolicy(createNonce(), isDevelopment);
  request.headers['content-security-policy'] = policy;
  request.headers['x-verdict-peer'] = request.socket.remoteAddress ?? '';
  for (const [name, value] of Object.entries(responseHeaders(policy)))
    response.setHeader(name, value);
  // The overlay of `next dev` posts to itself.
  const refusal = isDevelopment ? null : findRefusal(request, { isLoopback: host === '127.0.0.1' });
  if (refusal) return answerRefusal(response, refusal);
  try {
    await handle(request, response);
  } catch {
    if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/plain' });
    response.end('Something went wrong on our side.');
  }
}

function listen(server: Server, { host, port }: ServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, backlog: BACKLOG }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), graceMs);
    // An answer that ends now leaves its connection open for the next one, which will not come.
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
    server.close(() => {
      clearTimeout(force);
      clearInterval(sweep);
      resolve();
    });
  });
}
