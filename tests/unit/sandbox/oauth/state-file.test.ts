import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStateKeeper } from '@/lib/sandbox/keep-state';
import { createOrigin, saveOrigin } from '@/lib/sandbox/origin-file';
import { DEMO_CREDENTIALS, startSandbox, type RunningSandbox } from '@/lib/sandbox/start';
import { AS_PARTNER, REDIRECT, toAuthorizePath, toRequestId, type Tokens } from './oauth-sandbox';

const NOW_MS = Date.UTC(2026, 4, 21, 13, 7, 42);
let dataDir = '';
let stateFile = '';
let running: RunningSandbox[] = [];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'sandbox-state-'));
  stateFile = join(dataDir, 'state.json');
  // A world that is known already starts at once.
  saveOrigin(dataDir, createOrigin(NOW_MS, 1, 5));
});
afterEach(async () => {
  await Promise.all(running.map((sandbox) => sandbox.close()));
  running = [];
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(): Promise<RunningSandbox> {
  const sandbox = await startSandbox({ port: 0, dataDir, stateFile, clock: () => NOW_MS });
  running.push(sandbox);
  return sandbox;
}

const form = (url: string, fields: Record<string, string>, headers: HeadersInit = {}) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(fields), headers, redirect: 'manual' });

async function tokenOf({ url }: RunningSandbox): Promise<string> {
  const { clientId, clientSecret } = DEMO_CREDENTIALS;
  const fields = {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  };
  return ((await (await form(`${url}/oauth/token`, fields)).json()) as Tokens).access_token;
}

async function connect({ url }: RunningSandbox): Promise<Required<Tokens>> {
  const page = await (await fetch(url + toAuthorizePath())).text();
  const decision = { request: toRequestId(page), account: '70001', decision: 'accept' };
  const { headers } = await form(`${url}/oauth/authorize`, decision);
  const code = new URL(headers.get('location')!).searchParams.get('code')!;
  const fields = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT };
  return (await (await form(`${url}/oauth/token`, fields, AS_PARTNER)).json()) as Required<Tokens>;
}

const createGoal = async ({ url }: RunningSandbox, token: string): Promise<number> => {
  const answer = await fetch(`${url}/goals`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      siteId: 20101,
      name: 'Kept',
      type: 'CUSTOM',
      hasMultipleConversions: false,
    }),
  });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { id: number }).id;
};
const get = ({ url }: RunningSandbox, path: string, token: string) =>
  fetch(url + path, { headers: { authorization: `Bearer ${token}` } });

describe('the state file', () => {
  it('keeps what people created over a restart, and ids go on from there', async () => {
    const first = await start();
    const id = await createGoal(first, await tokenOf(first));
    await first.close();
    const second = await start();
    const token = await tokenOf(second);
    expect(await (await get(second, `/goals/${id}`, token)).json()).toMatchObject({ name: 'Kept' });
    expect(await createGoal(second, token)).toBeGreaterThan(id);
  });

  it('keeps consents: an application stays connected, though its access token is gone', async () => {
    const first = await start();
    const { access_token, refresh_token } = await connect(first);
    await first.close();
    const second = await start();
    expect((await get(second, '/sites', access_token)).status).toBe(401);
    const fields = { grant_type: 'refresh_token', refresh_token };
    const answer = await form(`${second.url}/oauth/token`, fields, AS_PARTNER);
    expect(answer.status).toBe(200);
    await second.close();
    // What was used before the restart is known as used after it.
    const third = await start();
    const again = await form(`${third.url}/oauth/token`, fields, AS_PARTNER);
    expect(await again.json()).toMatchObject({ error: 'invalid_grant' });
  });

  it('is for its owner’s eyes, holds no token, and leaves no draft behind', async () => {
    const sandbox = await start();
    const { access_token, refresh_token } = await connect(sandbox);
    await sandbox.close();
    const text = readFileSync(stateFile, 'utf8');
    expect(text).not.toContain(access_token);
    expect(text).not.toContain(refresh_token);
    expect(statSync(stateFile).mode & 0o777).toBe(0o600);
    expect(readdirSync(dataDir).sort()).toEqual(['origin.json', 'state.json']);
  });

  it('is not written as long as nobody changes anything', async () => {
    const sandbox = await start();
    await get(sandbox, '/sites', await tokenOf(sandbox));
    await sandbox.close();
    expect(existsSync(stateFile)).toBe(false);
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, -20)],
    ['empty', () => ''],
    ['of another form', () => '{"version":1,"seed":5,"state":{}}'],
    ['with a kind nobody knows', (text: string) => text.replace('"goals":{', '"goalz":{')],
  ])('that is %s stops the start with one line that says what to do', async (_, spoil) => {
    const sandbox = await start();
    await createGoal(sandbox, await tokenOf(sandbox));
    await sandbox.close();
    const spoilt = spoil(readFileSync(stateFile, 'utf8'));
    writeFileSync(stateFile, spoilt);
    const refusal = await start().catch((error: unknown) => (error as Error).message);
    expect(refusal).toBe(
      `${stateFile} is not a sandbox state. Start with --fresh to begin without it.`,
    );
    expect(readFileSync(stateFile, 'utf8')).toBe(spoilt);
  });

  it('of another world stops the start', async () => {
    const sandbox = await start();
    await createGoal(sandbox, await tokenOf(sandbox));
    await sandbox.close();
    saveOrigin(dataDir, createOrigin(NOW_MS, 1, 6));
    await expect(start()).rejects.toThrow(/belongs to another world.*--fresh/);
  });
});

describe('the keeper of the state', () => {
  const aKeeper = (write: () => void, onFailure: (error: unknown) => void = () => {}) => {
    const tasks: (() => void)[] = [];
    const setTimer = (task: () => void) => {
      tasks.push(task);
      return () => void tasks.splice(tasks.indexOf(task), 1);
    };
    return { tasks, keeper: createStateKeeper(write, setTimer, onFailure) };
  };

  it('writes once for a burst of changes, and what is left when it is flushed', () => {
    let written = 0;
    const { tasks, keeper } = aKeeper(() => (written += 1));
    for (let i = 0; i < 50; i += 1) keeper.mark();
    expect([tasks.length, written]).toEqual([1, 0]);
    tasks.shift()!();
    keeper.flush();
    expect(written).toBe(1);
    keeper.mark();
    keeper.flush();
    expect([tasks.length, written]).toEqual([0, 2]);
  });

  it('tells of a failure, and tries again', () => {
    const told: unknown[] = [];
    let isFull = true;
    let written = 0;
    const { tasks, keeper } = aKeeper(
      () => {
        if (isFull) throw new Error('disk full');
        written += 1;
      },
      (error) => told.push(error),
    );
    keeper.mark();
    tasks.shift()!();
    expect([told.length, written]).toEqual([1, 0]);
    expect(() => keeper.flush()).toThrow('disk full');
    isFull = false;
    keeper.mark();
    tasks.shift()!();
    expect(written).toBe(1);
  });
});
