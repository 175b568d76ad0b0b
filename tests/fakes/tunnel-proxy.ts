import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';

export interface TunnelProxy {
  readonly port: number;
  /** What was asked for (`host:port`) with the credentials shown, in order. */
  readonly tunnels: { readonly target: string; readonly authorization: string | null }[];
  close(): Promise<void>;
}

/**
 * A proxy as companies have them: it knows only CONNECT. Every name leads to `targetPort` of this machine, so a request
 * for a name that does not exist proves that it came this way. `answer`: a status, or to keep silent.
 */
export async function startTunnelProxy(
  targetPort: number,
  answer: 200 | 407 | 502 | 'silence' = 200,
): Promise<TunnelProxy> {
  const tunnels: TunnelProxy['tunnels'] = [];
  const sockets = new Set<Socket>();
  const server = createServer((_request, response) => response.writeHead(405).end());
  server.on('connection', (socket) => sockets.add(socket));
  server.on('connect', (request, socket: Socket) => {
    socket.on('error', () => undefined);
    const authorization = request.headers['proxy-authorization'] ?? null;
    tunnels.push({ target: request.url ?? '', authorization });
    if (answer === 'silence') return;
    if (answer !== 200) {
      socket.end(`HTTP/1.1 ${answer} No\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const onward = connect(targetPort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    sockets.add(onward);
    onward.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    tunnels,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
