/**
 * The server process: checks the environment, opens the services, hands requests to Next, and leaves in order.
 * Exit codes: 0 asked to stop; 1 cannot start (wrong environment, port taken, store not to be opened).
 */
import nextEnv from '@next/env';
import next from 'next';
import { describeFaults } from '@/lib/server/config/describe-faults';
import { readConfig } from '@/lib/server/config/read-config';
import { openServices } from '@/lib/server/services/services';
import { describeStartFailure } from '@/lib/process/start-failure';
import type { RequestHandler } from '@/lib/process/server';
import { startServer } from '@/lib/process/server';

/** Streams end with a `retry`, answers under way finish; what is left after this is closed. */
const GRACE_MS = 3_000;
/** Whatever still hangs then is left behind. */
const LEAVE_MS = 4_500;

const fail = (message: string): never => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
};

// A `.env` file serves as it does anywhere in the Next world; what the process was given wins over it.
nextEnv.loadEnvConfig(process.cwd(), process.argv.includes('--dev'), {
  info() {},
  error() {},
});

const read = readConfig(process.env);
if (!read.ok) fail(describeFaults(read.faults));
else {
  const { config } = read;
  const isDevelopment = process.argv.includes('--dev');
  try {
    // The port and the build first: a start that fails must not have spent upstream. Who asks meanwhile waits.
    let open: (handle: RequestHandler) => void = () => undefined;
    const opened = new Promise<RequestHandler>((resolve) => {
      open = resolve;
    });
    const server = await startServer({
      handle: async (request, response) => (await opened)(request, response),
      host: config.host,
      port: config.port,
      isDevelopment,
    });
    const app = next({ dev: isDevelopment, dir: process.cwd(), quiet: !isDevelopment });
    await app.prepare();
    const services = await openServices(config);
    open(app.getRequestHandler());
    process.stdout.write(`Verdict is ready on ${server.url}\n`);

    let leaving = false;
    const leave = async (): Promise<void> => {
      if (leaving) return;
      leaving = true;
      setTimeout(() => process.exit(0), LEAVE_MS);
      await Promise.allSettled([services.stop(), server.close(GRACE_MS)]);
      process.exit(0);
    };
    process.once('SIGTERM', () => void leave());
    process.once('SIGINT', () => void leave());
  } catch (error) {
    fail(describeStartFailure(error, config));
  }
}
