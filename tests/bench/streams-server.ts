/**
 * The two servers that `npm run bench:streams` compares, each in a process of its own: `ours` is the app's server, its
 * routes, its stream and its hub, fed by a regular publisher instead of the reader; `plain` is node:http with one loop
 * over its responses. Both send the same bytes, made by the same code, with the moment of their making inside.
 */
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { questionKey } from '@/lib/core/experiment/question';
import type { LiveEvent } from '@/lib/core/live/event';
import { createLive } from '@/lib/process/live';
import { createRoutes } from '@/lib/process/routes';
import { startServer } from '@/lib/process/server';
import { createFrame } from '@/lib/server/live/frame';
import { createHub } from '@/lib/server/live/hub';
import { systemClock } from '@/lib/server/services/system-clock';
import { aReading } from '@/tests/builders/reading';
import { silentLog } from '@/tests/fakes/log';

/** Above a second: the hub tells no question more often. */
const PUBLISH_MS = 1_100;

/** Microseconds of the machine's own clock, which all its processes share. */
const nowMicros = (): number => Number(process.hrtime.bigint() / 1_000n);

const analysis = (key: string): LiveEvent => ({
  type: 'analysis',
  reading: { ...aReading(), questionKey: key, curveRevision: nowMicros() },
});

interface Subject {
  readonly port: number;
  publish(): void;
}

async function startOurs(): Promise<Subject> {
  const hub = createHub({
    clock: systemClock,
    toEvent: (question) => analysis(questionKey(question)),
    toHeartbeat: () => ({
      type: 'heartbeat',
      nowMs: systemClock.nowMs(),
      progress: { read: 0, total: 0, atRest: { read: 0, total: 0 } },
      storeProblem: null,
    }),
    onWatchedChange: () => undefined,
    onListenerFault: () => undefined,
  });
  const live = createLive({
    access: {
      checkQuestions: () => undefined,
      subscribe: (_granted, questions, onFrame) => hub.subscribe(questions, onFrame),
    },
    limits: { total: 10_000, perAddress: 500 },
    clock: systemClock,
    log: silentLog,
    random: Math.random,
  });
  const server = await startServer({
    handle: createRoutes({
      basePath: '',
      own: { '/api/live': live.handle },
      next: async (_request, response) => void response.writeHead(404).end(),
    }),
    host: '127.0.0.1',
    port: 0,
    isDevelopment: false,
  });
  return { port: Number(new URL(server.url).port), publish: () => hub.publish('1', 'analysis') };
}

async function startPlain(): Promise<Subject> {
  const viewers = new Set<ServerResponse>();
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    viewers.add(response);
    response.on('close', () => viewers.delete(response));
    response.write(createFrame(analysis('1'), 0).bytes);
  });
  await new Promise<void>((resolve) => {
    server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, resolve);
  });
  let serial = 0;
  return {
    port: (server.address() as AddressInfo).port,
    publish() {
      const { bytes } = createFrame(analysis('1'), (serial += 1));
      for (const viewer of viewers) viewer.write(bytes);
    },
  };
}

const subject = await (process.argv[2] === 'plain' ? startPlain() : startOurs());
let timer: NodeJS.Timeout | undefined;

process.on('disconnect', () => process.exit(0));
process.on('message', (order) => {
  clearInterval(timer);
  if (order === 'publish') timer = setInterval(subject.publish, PUBLISH_MS);
  const { user, system } = process.cpuUsage();
  // What starting left behind would hide what a stream costs.
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send?.({ rss, heap: heapUsed + external, cpuMicros: user + system });
});
process.send?.({ port: subject.port, eventBytes: createFrame(analysis('1'), 1).bytes.length });
