import { readSettings, SettingRefused } from './read-settings';
import { startSandbox, type StartOptions } from './start';

/** Runs the sandbox alone: settings from the environment, `--fresh` for a new world without state. */
async function main(env: NodeJS.ProcessEnv, flags: readonly string[]): Promise<void> {
  const settings = toSettings(env, flags);
  try {
    const sandbox = await startSandbox({
      ...settings,
      onStateFailure: (error) => warn(`The state is not written: ${(error as Error).message}`),
    });
    // Before anybody reads that it is there, and may want it to go.
    const stop = (): void =>
      void sandbox.close().then(
        () => process.exit(0),
        (error: unknown) => fail(`The state is not written: ${(error as Error).message}`),
      );
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
    const epoch = new Date(sandbox.epochMs).toISOString();
    process.stdout.write(
      `Sandbox of the Automation API at ${sandbox.url} (world begun ${epoch}, speed ${sandbox.speed})\n`,
    );
    if (sandbox.certificateFile !== undefined)
      process.stdout.write(`Its certificate: NODE_EXTRA_CA_CERTS=${sandbox.certificateFile}\n`);
  } catch (error) {
    const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    fail(
      isTaken
        ? `Port ${settings.port} is taken: another sandbox may be running. Stop it, or set SANDBOX_PORT.`
        : (error as Error).message,
    );
  }
}

function toSettings(env: NodeJS.ProcessEnv, flags: readonly string[]): StartOptions {
  try {
    return readSettings(env, flags);
  } catch (error) {
    if (error instanceof SettingRefused) fail(error.message);
    throw error;
  }
}

function warn(message: string): void {
  process.stderr.write(`${message}\n`);
}

function fail(message: string): never {
  warn(message);
  process.exit(1);
}

void main(process.env, process.argv.slice(2));
