import { DEMO_CREDENTIALS, startSandbox } from './start';

/** Runs the sandbox alone: settings from the environment, `--fresh` for a new world. */
async function main(env: NodeJS.ProcessEnv, flags: readonly string[]): Promise<void> {
  const port = toNumber(env, 'SANDBOX_PORT', 3999, (n) => Number.isInteger(n) && n < 65_536);
  const speed = toNumber(env, 'SANDBOX_SPEED', 1, (n) => n > 0 && n <= 1000);
  const isCount = (n: number): boolean => Number.isInteger(n) && n <= 100_000;
  const active = toNumber(env, 'SANDBOX_ACTIVE', 0, isCount);
  const stopped = toNumber(env, 'SANDBOX_STOPPED', 0, isCount);
  try {
    const sandbox = await startSandbox({
      port,
      speed,
      dataDir: env['SANDBOX_DATA_DIR'] || '.demo/sandbox',
      fresh: flags.includes('--fresh'),
      // Nothing said leaves a kept world as large as it is.
      ...(active + stopped > 0 ? { size: { active, stopped } } : {}),
      credentials: {
        clientId: env['SANDBOX_CLIENT_ID'] || DEMO_CREDENTIALS.clientId,
        clientSecret: env['SANDBOX_CLIENT_SECRET'] || DEMO_CREDENTIALS.clientSecret,
      },
    });
    const epoch = new Date(sandbox.epochMs).toISOString();
    process.stdout.write(
      `Sandbox of the Automation API at ${sandbox.url} (world begun ${epoch}, speed ${sandbox.speed})\n`,
    );
    const stop = (): void => void sandbox.close().then(() => process.exit(0));
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
  } catch (error) {
    const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    fail(
      isTaken
        ? `Port ${port} is taken: another sandbox may be running. Stop it, or set SANDBOX_PORT.`
        : (error as Error).message,
    );
  }
}

function toNumber(
  env: NodeJS.ProcessEnv,
  name: string,
  otherwise: number,
  isFit: (value: number) => boolean,
): number {
  const text = env[name];
  if (text === undefined || text === '') return otherwise;
  const value = Number(text);
  if (!isFit(value) || value < 0) fail(`${name}=${text} is not a number that fits.`);
  return value;
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

void main(process.env, process.argv.slice(2));
