import { connect as open } from '@/lib/cli/verdict/connect';
import type { Connect } from '@/lib/cli/verdict/world';
import { createServer, type IncomingMessage } from 'node:http';
import { onTestFinished } from 'vitest';
import { createShell, type Shell } from './shell';
import { systemClock } from '@/lib/server/services/system-clock';

export interface WireAnswer {
  readonly status?: number;
  readonly body?: unknown;
  /** Sent as it is. */
  readonly text?: string;
}

export interface Wire extends Shell {
  /** `GET /sites?…`, without tokens. */
  readonly asked: string[];
}

export const SECRET = 'a-secret-of-ours';

/** The shell with its real way to the API, and a server on this machine that answers what the test says. */
export async function createWire(
  answer: (asked: string, request: IncomingMessage) => WireAnswer,
): Promise<Wire> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const line = `${request.method ?? ''} ${request.url ?? ''}`;
    const isToken = line === 'POST /oauth/token';
    if (!isToken) asked.push(line);
    const { status = 200, body, text } = answer(line, request);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(text ?? JSON.stringify(body ?? (isToken ? { access_token: 'a-token' } : [])));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const connect: Connect = open;
  const shell = createShell({
    connect,
    clock: systemClock,
    env: {
      KAMELEOON_API_URL: `http://127.0.0.1:${port}`,
      KAMELEOON_CLIENT_ID: 'an-id',
      KAMELEOON_CLIENT_SECRET: SECRET,
    },
  });
  return { ...shell, asked };
}
