/**
 * The server process: checks the environment, opens the services, hands requests to Next, and leaves in order.
 * Exit codes: 0 asked to stop; 1 cannot start (wrong environment, port taken, store not to be opened), or had to give up.
 */
import nextEnv from '@next/env';
import next from 'next';
import { describeFaults } from '@/lib/server/config/describe-faults';
import type { Config } from '@/lib/server/config/read-config';
import { readConfig } from '@/lib/server/config/read-config';
import { createLog } from '@/lib/server/log/create-log';
import type { Services } from '@/lib/server/services/services';
import { openServices, secretsOf } from '@/lib/server/services/services';
import { systemClock } from '@/lib/server/services/system-clock';
import { builtBasePath, findBasePathFault } from '@/lib/process/built-base-path';
import { captureConsole, keepLastWords } from '@/lib/process/last-words';
import { createLive } from '@/lib/process/live';
import { answerMetrics } from '@/lib/process/metrics-answer';
import { createRoutes } from '@/lib/process/routes';
import type { RequestHandler, RunningServer } from '@/lib/process/server';
import { startServer } from '@/lib/process/server';
import { describeStartFailure } from '@/lib/process/start-failure';
import { tellStreams } from '@/lib/process/tell-streams';
import { watchRequests } from '@/lib/process/watch-requests';

/** Streams end with a `retry`, answers under way finish; what is left after this is closed. */
const GRACE_MS = 3_000;
/** Whatever still hangs then is left behind. */
const LEAVE_MS = 4_500;

const isDevelopment = process.argv.includes('--dev');

const fail = (message: string): never => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
};

async function run(config: Config): Promise<void> {
  const fault = isDevelopment
    ? null
    : findBasePathFault(config.basePath, builtBasePath(process.cwd()));
  if (fault) return fail(fault);

  const log = createLog(config.logLevel, secretsOf(config));
  let server: RunningServer | null = null;
  let services: Services | null = null;

  let leaving = false;
  const leave = async (exitCode: number): Promise<void> => {
    if (leaving) return;
    leaving = true;
    setTimeout(() => process.exit(exitCode), LEAVE_MS);
    await Promise.allSettled([services?.stop(), server?.close(GRACE_MS)]);
    process.exit(exitCode);
  };
  process.once('SIGTERM', () => void leave(0));
  process.once('SIGINT', () => void leave(0));
  const lastWords = keepLastWords({ process, log, leave: (exitCode) => void leave(exitCode) });
  if (!isDevelopment) captureConsole(globalThis.console, log, lastWords);

  // The port and the build first: a start that fails must not have spent upstream. Who asks meanwhile waits.
  let open: (handle: RequestHandler) => void = () => undefined;
  const opened = new Promise<RequestHandler>((resolve) => {
    open = resolve;
  });
  const { basePath, host, port } = config;
  server = await startServer({
    async handle(request, response) {
      try {
        await (
          await opened
        )(request, response);
      } catch (error) {
        log.error({ err: error }, 'a request failed for a reason nobody foresaw');
        throw error;
      }
    },
    onRequest: watchRequests({
      basePath,
      clock: systemClock,
      log,
      metrics: () => services?.metrics ?? null,
    }).onRequest,
    host,
    port,
    isDevelopment,
  });
  const app = next({ dev: isDevelopment, dir: process.cwd(), quiet: !isDevelopment });
  await app.prepare();
  const all = await openServices(config);
  services = all;
  const live = createLive({
    access: all,
    limits: config.streams,
    clock: systemClock,
    log,
    random: Math.random,
  });
  tellStreams(all.metrics.figurehead, live.counts);
  open(
    createRoutes({
      basePath,
      own: {
        '/api/live': live.handle,
        '/metrics': (request, response) => answerMetrics(request, response, all),
      },
      next: app.getRequestHandler(),
    }),
  );
  process.stdout.write(`Verdict is ready on ${server.url}${basePath}\n`);
}

// A `.env` file serves as it does anywhere in the Next world; what the process was given wins over it.
const startedWith = { ...process.env };
nextEnv.loadEnvConfig(process.cwd(), isDevelopment, { info() {}, error() {} });
const read = readConfig(process.env, startedWith);
if (!read.ok) fail(describeFaults(read.faults));
else run(read.config).catch((error: unknown) => fail(describeStartFailure(error, read.config)));
