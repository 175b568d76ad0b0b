/** Our server with its stream over real sockets; what is told comes from a real hub on a fake clock. */
import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { questionKey } from '@/lib/core/experiment/question';
import type { LiveEvent } from '@/lib/core/live/event';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { LiveOptions } from '@/lib/process/live';
import { createLive } from '@/lib/process/live';
import { createRoutes } from '@/lib/process/routes';
import { startServer } from '@/lib/process/server';
import { createHub } from '@/lib/server/live/hub';
import { aReading } from '@/tests/builders/reading';
import { createFakeClock } from '@/tests/fakes/clock';
import { silentLog } from '@/tests/fakes/log';

const KNOWN = ['1', '2', '3'];

export async function aLiveHouse(more: Partial<LiveOptions> = {}, basePath = '') {
  const clock = createFakeClock();
  const ends = new Set<() => void>();
  const world = { revision: 0, padding: '' };
  const hub = createHub({
    clock,
    toEvent(question, type): LiveEvent {
      const { freshness, ...reading } = aReading();
      if (type === 'problem') return { type, questionKey: questionKey(question), freshness };
      const experiment = { ...reading.experiment, name: world.padding };
      const curveRevision = world.revision;
      return {
        type,
        reading: {
          ...reading,
          experiment,
          freshness,
          questionKey: questionKey(question),
          curveRevision,
        },
      };
    },
    toHeartbeat: () => ({
      type: 'heartbeat',
      nowMs: clock.nowMs(),
      progress: { read: 0, total: 0, atRest: { read: 0, total: 0 } },
      storeProblem: null,
    }),
    onWatchedChange: () => undefined,
    onListenerFault: () => undefined,
  });
  const live = createLive({
    access: {
      checkQuestions(_granted, questions) {
        if (questions.some(({ subject }) => !KNOWN.includes(subject.experimentId)))
          throw new ProblemError(toProblem('not-found', 'There is no such experiment.'));
      },
      subscribe(_granted, questions, onFrame, onEnd) {
        const leave = hub.subscribe(questions, onFrame);
        ends.add(onEnd);
        return () => {
          ends.delete(onEnd);
          leave();
        };
      },
    },
    limits: { total: 10_000, perAddress: 0 },
    clock,
    log: silentLog,
    random: Math.random,
    ...more,
  });
  const server = await startServer({
    handle: createRoutes({
      basePath,
      own: { '/api/live': live.handle },
      next: async (_request, response) => void response.end('next'),
    }),
    host: '127.0.0.1',
    port: 0,
    isDevelopment: false,
  });
  return {
    ...server,
    clock,
    hub,
    live,
    world,
    port: Number(new URL(server.url).port),
    /** A new reading of experiment 1; the fake second after it has passed. */
    async tell(revision: number): Promise<void> {
      world.revision = revision;
      hub.publish('1', 'analysis');
      await clock.advance(1_000);
    },
    endStreams() {
      for (const end of [...ends]) end();
    },
    async stop() {
      for (const end of [...ends]) end();
      hub.stop();
      await server.close(0);
    },
  };
}

export type LiveHouse = Awaited<ReturnType<typeof aLiveHouse>>;

/** A viewer over a bare socket, which can stop reading. */
export interface Viewer {
  readonly socket: Socket;
  text(): string;
  isOver(): boolean;
  /** `curveRevision` of each analysis it got. */
  revisions(): number[];
}

export function openViewer(port: number, path = '/api/live?q=1', isReading = true): Viewer {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  let isOver = false;
  socket.on('error', () => undefined);
  socket.on('close', () => (isOver = true));
  socket.on('data', (chunk) => (text += chunk.toString('latin1')));
  if (!isReading) socket.pause();
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  return {
    socket,
    text: () => text,
    isOver: () => isOver,
    revisions: () => [...text.matchAll(/"curveRevision":(\d+)/g)].map(([, at]) => Number(at)),
  };
}

/** Lets real sockets move until it holds; fails after ten seconds. `step` runs before each look. */
export async function until(holds: () => boolean, step?: () => Promise<void>): Promise<void> {
  for (let turn = 0; turn < 1_000; turn += 1) {
    await step?.();
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`it never came to hold: ${holds}`);
}

export interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** One whole answer; of a stream only what came until it is closed with `end`. */
export const ask = (url: string, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const outgoing = request(url, { method, agent: false }, (response) => {
      let body = '';
      const answer = (): void =>
        resolve({ status: response.statusCode, headers: response.headers, body });
      response.on('data', (chunk) => {
        body += String(chunk);
        if (response.headers['content-type']?.includes('event-stream')) {
          answer();
          outgoing.destroy();
        }
      });
      response.on('end', answer);
      response.on('error', () => undefined);
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
