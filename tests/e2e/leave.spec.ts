import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp } from './start-app';
import { expect, test } from './test';

const SANDBOX_PORT = 3238;
const PORT = 3239;
const READING = 220;
const SILENT = 30;

/** A sandbox of its own: a second app on the demo's would spend the demo's budget. */
async function startSandbox(): Promise<() => Promise<void>> {
  const dir = mkdtempSync(join(tmpdir(), 'verdict-leave-'));
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/sandbox/main.ts'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      NODE_ENV: 'production',
      SANDBOX_PORT: String(SANDBOX_PORT),
      SANDBOX_DATA_DIR: dir,
    },
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  return async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(dir, { recursive: true, force: true });
  };
}

function openViewer(path: string, isReading: boolean) {
  const viewer: { text: string; isOver: boolean; socket: Socket } = {
    text: '',
    isOver: false,
    socket: connect(PORT, '127.0.0.1'),
  };
  viewer.socket.on('data', (chunk) => (viewer.text += chunk.toString('latin1')));
  viewer.socket.on('close', () => (viewer.isOver = true));
  viewer.socket.on('error', () => undefined);
  if (!isReading) viewer.socket.pause();
  viewer.socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost:${PORT}\r\n\r\n`);
  return viewer;
}

test('leaves within five seconds of SIGTERM with 0, and tells every viewer when to come back', async ({
  request,
}) => {
  test.setTimeout(120_000);
  const stopSandbox = await startSandbox();
  const app = await startApp(
    {
      KAMELEOON_CLIENT_ID: 'demo-client',
      KAMELEOON_CLIENT_SECRET: 'demo-secret',
      KAMELEOON_API_URL: `http://127.0.0.1:${SANDBOX_PORT}`,
      PORT: String(PORT),
    },
    'Verdict is ready',
  );
  try {
    const listed: { id: string }[] = [];
    await expect
      .poll(
        async () => {
          const body = await (await request.get(`http://127.0.0.1:${PORT}/api/experiments`)).json();
          listed.splice(0, listed.length, ...body.experiments);
          return listed.length;
        },
        { timeout: 60_000 },
      )
      .toBeGreaterThan(10);
    const ids = listed.slice(0, 10).map(({ id }) => id);
    const path = `/api/live?experiments=${ids.join(',')}`;
    const silent = Array.from({ length: SILENT }, () => openViewer(path, false));
    const reading = Array.from({ length: READING }, () => openViewer(path, true));
    await expect
      .poll(() => reading.every(({ text }) => text.includes(`"questionKey":"${ids.at(-1)}"`)), {
        timeout: 20_000,
      })
      .toBe(true);

    const askedAtMs = performance.now();
    expect(await app.stop()).toBe(0);
    expect(performance.now() - askedAtMs).toBeLessThan(5_000);
    await expect.poll(() => reading.every(({ isOver }) => isOver)).toBe(true);
    const waits = reading.map(({ text }) => Number(/retry: (\d+)\n\n/.exec(text)?.[1]));
    for (const waitMs of waits) {
      expect(waitMs).toBeGreaterThanOrEqual(1_000);
      expect(waitMs).toBeLessThanOrEqual(10_000);
    }
    expect(new Set(waits).size).toBeGreaterThan(READING / 2);
    for (const { socket } of silent) socket.destroy();
  } finally {
    await app.stop();
    await stopSandbox();
  }
});
