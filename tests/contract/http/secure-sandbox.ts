/** The sandbox as a process of its own that speaks TLS, with a certificate nobody vouches for. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const START_MS = 60_000;

export async function startSecureSandbox(): Promise<{ url: string; close(): Promise<unknown> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'verdict-contract-tls-'));
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/sandbox/main.ts'], {
    env: { ...process.env, SANDBOX_TLS: '1', SANDBOX_PORT: '0', SANDBOX_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    const late = setTimeout(() => reject(new Error(`no address was told: ${said}`)), START_MS);
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      const found = /https:\/\/[\w.:-]+:\d+/.exec(said)?.[0];
      if (!found) return;
      clearTimeout(late);
      resolve(found);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('exit', (code) => reject(new Error(`the sandbox ended with ${code}: ${said}`)));
  });
  return {
    url,
    close: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
