import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Starts the app as `npm start` does and waits for its end or for `until` in its output. */
export async function startApp(
  env: Record<string, string>,
  until?: string,
): Promise<{ code: number | null; output: string; stop: () => Promise<number | null> }> {
  const dir = mkdtempSync(join(tmpdir(), 'verdict-start-'));
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--conditions=react-server', 'lib/process/main.ts'],
    {
      env: {
        PATH: process.env['PATH'] ?? '',
        NODE_ENV: 'production',
        DATA_DIR: dir,
        PORT: '3229',
        ...env,
      },
    },
  );
  let output = '';
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      rmSync(dir, { recursive: true, force: true });
      resolve(code);
    });
  });
  const ready = new Promise<null>((resolve) => {
    const read = (chunk: Buffer): void => {
      output += String(chunk);
      if (until && output.includes(until)) resolve(null);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
  });
  const code = await Promise.race([ended, ready]);
  return {
    code,
    /** All it has said by now, on both outputs. */
    get output() {
      return output;
    },
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
