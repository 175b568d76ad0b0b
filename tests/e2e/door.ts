import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A proxy of the test's own before the app: it can cut the line, hold streams back, and count what passes. */
export interface Door {
  readonly url: string;
  /** Paths asked since the start, streams and all. */
  readonly asked: readonly string[];
  streams(): readonly string[];
  openStreams(): number;
  /** Every connection breaks and none is accepted, as when the network is gone. */
  cut(): void;
  mend(): void;
  /** Answers of type text/event-stream get their head through and not a byte of their body. */
  holdStreams(isHeld: boolean): void;
  close(): Promise<void>;
}

export async function openDoor(appUrl: string): Promise<Door> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  let isCut = false;
  let isHolding = false;
  let open = 0;

  const pass = (from: IncomingMessage, to: ServerResponse): void => {
    const path = from.url ?? '/';
    asked.push(path);
    const onward = ask(appUrl + path, { method: from.method, headers: from.headers, agent: false });
    onward.on('error', () => to.destroy());
    to.on('close', () => onward.destroy());
    onward.on('response', (answer) => {
      const isStream = String(answer.headers['content-type']).startsWith('text/event-stream');
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      to.flushHeaders();
      if (isStream) {
        open += 1;
        to.on('close', () => (open -= 1));
      }
      answer.on('error', () => to.destroy());
      if (isStream && isHolding) answer.resume();
      else answer.pipe(to);
    });
    from.pipe(onward);
  };

  const server = createServer(pass);
  server.on('connection', (socket) => {
    if (isCut) return void socket.destroy();
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const breakAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    streams: () => asked.filter((path) => path.startsWith('/api/live')),
    openStreams: () => open,
    cut() {
      isCut = true;
      breakAll();
    },
    mend() {
      isCut = false;
    },
    holdStreams(isHeld) {
      isHolding = isHeld;
    },
    close() {
      breakAll();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
