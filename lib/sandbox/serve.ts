import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ServerCertificate } from './certificate';
import { hasBrokenBody } from './faults/broken-body';
import { ConnectionLost } from './faults/connection-lost';

export interface Served {
  readonly url: string;
  /** Stops listening and drops open connections. */
  close(): Promise<void>;
}

/**
 * Puts a function from request to response on a loopback port (0 takes a free one). A lost
 * connection is a reset in either case: a port that listens cannot refuse. With a certificate it speaks
 * HTTPS only: plain HTTP breaks, as it does at the live API.
 */
export async function serve(
  answer: (request: Request) => Promise<Response>,
  port: number,
  certificate?: ServerCertificate,
): Promise<Served> {
  const secure =
    certificate === undefined
      ? {}
      : { createServer, serverOptions: { cert: certificate.cert, key: certificate.key } };
  const server = createAdaptorServer({
    ...secure,
    fetch: async (request, bindings) => {
      // The server is made without HTTP/2, so these are the bindings of HTTP/1.
      const { outgoing } = bindings as HttpBindings;
      try {
        const response = await answer(request);
        if (!hasBrokenBody(response)) return response;
        await sendBroken(response, outgoing);
      } catch (error) {
        // A request taken back by the client has nobody left to answer.
        if (!(error instanceof ConnectionLost) && !request.signal.aborted) throw error;
        outgoing.socket?.resetAndDestroy();
      }
      return RESPONSE_ALREADY_SENT;
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

/** Sends a body piece by piece as it comes, and ends the connection where it ends too early. */
async function sendBroken(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.flushHeaders();
  const promised = Number(response.headers.get('content-length'));
  let sent = 0;
  try {
    for await (const chunk of response.body ?? []) {
      await write(outgoing, chunk);
      sent += chunk.length;
    }
  } catch (error) {
    // A reset discards what the other side has not read yet: it gets a moment to read it.
    await new Promise((resolve) => setTimeout(resolve, READ_MS));
    throw error;
  }
  if (sent === promised) outgoing.end();
  else outgoing.socket?.destroySoon();
}

const READ_MS = 20;

/** Resolves when the piece has gone out, or nobody takes it any more. */
function write(outgoing: ServerResponse, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    outgoing.write(chunk, (error) => (error ? reject(error) : resolve()));
  });
}
