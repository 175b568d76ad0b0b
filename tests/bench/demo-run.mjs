/** A demo of its own for a measurement: fresh world, own ports, ended when the measurement is over. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../lib/process/prepare.mjs';

/** @param {{ port?: number, sandboxPort?: number, env?: Record<string, string> }} [options] */
export async function startDemo({ port = 3310, sandboxPort = 3319, env = {} } = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'verdict-bench-'));
  const startedAtMs = performance.now();
  const child = spawn(process.execPath, ['lib/process/demo.mjs'], {
    cwd: ROOT,
    env: {
      ...process.env,
      ...env,
      PORT: String(port),
      SANDBOX_PORT: String(sandboxPort),
      DEMO_DIR: dir,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the demo ended with exit code ${code}`)));
    child.stdout.on(
      'data',
      (chunk) => String(chunk).includes('Verdict is ready') && resolve(undefined),
    );
  });
  const app = `http://127.0.0.1:${port}`;
  const sandbox = `http://127.0.0.1:${sandboxPort}`;
  return {
    app,
    sandbox,
    readyAfterMs: performance.now() - startedAtMs,
    json: async (url) => (await fetch(url)).json(),
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until every experiment that can be read has been. */
export async function whenAllRead({ app, json }, limitMs = 120_000) {
  const deadline = Date.now() + limitMs;
  while (Date.now() < deadline) {
    const list = await json(`${app}/api/experiments`);
    const { read, total, atRest } = list.progress;
    if (total > 0 && read >= total && atRest.read >= atRest.total) return list;
    await sleep(500);
  }
  throw new Error(`not every experiment was read within ${limitMs / 1000} s`);
}

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
};

export const quantile = (values, share) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
};
