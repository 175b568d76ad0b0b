import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOrigin, saveOrigin } from '@/lib/sandbox/origin-file';
import { toBasic } from './oauth-sandbox';

let dir = '';
const children: ChildProcess[] = [];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sandbox-process-'));
  saveOrigin(dir, createOrigin(Date.now(), 1, 5));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(dir, { recursive: true, force: true });
});

/** `npm run sandbox` with these settings. */
function run(env: Readonly<Record<string, string>>, flags: readonly string[] = []) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/sandbox/main.ts', ...flags], {
    env: {
      PATH: process.env['PATH'] ?? '',
      NODE_ENV: 'production',
      SANDBOX_PORT: '0',
      SANDBOX_DATA_DIR: dir,
      SANDBOX_STATE: join(dir, 'state.json'),
      ...env,
    },
  });
  children.push(child);
  const said = { out: '', error: '' };
  child.stdout.on('data', (chunk) => (said.out += String(chunk)));
  child.stderr.on('data', (chunk) => (said.error += String(chunk)));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const url = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const found = / at (\S+) \(/.exec(said.out)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', () => reject(new Error(said.error)));
  });
  url.catch(() => undefined);
  return { child, said, ended, url };
}

describe('the sandbox as a process', () => {
  it('writes what was just created before it leaves on SIGTERM', async () => {
    const { child, ended, url } = run({});
    const base = await url;
    const answer = await fetch(`${base}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
      headers: toBasic('demo-client', 'demo-secret'),
    });
    const { access_token } = (await answer.json()) as { access_token: string };
    const created = await fetch(`${base}/goals`, {
      method: 'POST',
      headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
      body: '{"siteId":20101,"name":"Last moment","type":"CUSTOM","hasMultipleConversions":true}',
    });
    expect(created.status).toBe(201);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(readFileSync(join(dir, 'state.json'), 'utf8')).toContain('Last moment');
  });

  it('says in one line that its state is damaged, leaves with 1, and begins anew when told so', async () => {
    const file = join(dir, 'state.json');
    writeFileSync(file, '{"version":1,"se');
    const first = run({});
    expect(await first.ended).toBe(1);
    expect(first.said.error).toBe(
      `${file} is not a sandbox state. Start with --fresh to begin without it.\n`,
    );
    const second = run({}, ['--fresh']);
    await second.url;
    expect(existsSync(file)).toBe(false);
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
  });

  it('says in one line which setting cannot be meant, and leaves with 1', async () => {
    const { said, ended } = run({ SANDBOX_ROTATION: 'maybe' });
    expect(await ended).toBe(1);
    expect(said.error).toBe('SANDBOX_ROTATION=maybe is neither on nor off.\n');
  });
});
