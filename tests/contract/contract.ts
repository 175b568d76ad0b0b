/** Opens the API for a test file, and ties its tests to the facts they hold. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, it } from 'vitest';
import { startSandbox } from '@/lib/sandbox/start';
import { ALL_FACTS } from './facts/all';
import { runsLive } from './facts/fact';
import { createApi, type Api } from './http/api';
import { createBudget } from './http/budget';
import { ALLOWANCE, DEMO, LIVE, readTarget, type Credentials } from './http/mode';
import { createFreshTokens, readToken } from './http/token';
import { send, type Answer } from './http/wire';

export interface World {
  readonly url: string;
  readonly credentials: Credentials;
  readonly api: Api;
  /** The sandbox with that access token, whoever it came from. */
  withToken(token: string): Api;
  /** Stages a fault in the sandbox, for as long as `during` runs. */
  stage<T>(fault: Readonly<Record<string, unknown>>, during: () => Promise<T>): Promise<T>;
}

interface Setting {
  readonly active?: number;
  readonly stopped?: number;
  /** Life of an access token; two hours unless said otherwise. */
  readonly tokenLifeMs?: number;
  /** Limits as they are by default, by credential; else by token, which spares a file the waiting. */
  readonly trueWindows?: boolean;
}

const SLOW_MS = 120_000;

/** Starts a sandbox for this file, or opens the real account. Gives `fact`, which registers tests by fact. */
export function openContract(setting: Setting = {}) {
  let world: World | undefined;
  const closers: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    const target = LIVE
      ? readTarget()
      : { url: await openSandbox(setting, closers), credentials: DEMO };
    world = await openWorld(target.url, target.credentials, !LIVE && !setting.trueWindows);
  }, SLOW_MS);
  afterAll(async () => {
    for (const close of closers.reverse()) await close();
  });

  return {
    /** A test of one fact. In a live run only what reads, and what somebody but us said, becomes a test. */
    fact(id: string, test: (world: World) => Promise<void>): void {
      const fact = ALL_FACTS.find((known) => known.id === id);
      if (!fact) throw new Error(`no fact is called ${id}`);
      if (LIVE && !runsLive(fact)) return;
      it(
        `${id} ${fact.source}: ${fact.says}`,
        async () => {
          if (!world) throw new Error('the API was not opened');
          await test(world);
        },
        SLOW_MS,
      );
    },
  };
}

async function openSandbox(setting: Setting, closers: (() => Promise<unknown>)[]): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'verdict-contract-'));
  closers.push(() => rm(dataDir, { recursive: true, force: true }));
  const size = { active: setting.active ?? 6, stopped: setting.stopped ?? 30 };
  const lives = setting.tokenLifeMs === undefined ? {} : { tokenLifeMs: setting.tokenLifeMs };
  const rates = setting.trueWindows ? {} : { rateKey: 'token' as const };
  const own = { port: 0, dataDir, fresh: true, seed: 7, size };
  const sandbox = await startSandbox({ ...lives, ...rates, ...own });
  closers.push(() => sandbox.close());
  return sandbox.url.replace(/\/$/, '');
}

async function openWorld(
  url: string,
  credentials: Credentials,
  ownWindows: boolean,
): Promise<World> {
  const once = await readToken(url, credentials);
  // The sandbox counts by token here (see `rateKey`), so that a fresh one saves the waiting.
  const fresh = createFreshTokens(() => readToken(url, credentials), ALLOWANCE.perWindow);
  return {
    url,
    credentials,
    api: ownWindows
      ? createApi(url, fresh, createBudget({ ...ALLOWANCE, perWindow: ALLOWANCE.inAll }))
      : createApi(url, async () => once, createBudget(ALLOWANCE)),
    withToken: (token) => createApi(url, async () => token, createBudget(ALLOWANCE)),
    stage: async (fault, during) => {
      const begun = await control(url, 'POST', fault);
      if (begun.status >= 300) throw new Error(`no such fault: ${begun.text.slice(0, 300)}`);
      try {
        return await during();
      } finally {
        await control(url, 'DELETE');
      }
    },
  };
}

const control = (url: string, method: string, body?: unknown): Promise<Answer> =>
  LIVE
    ? Promise.reject(new Error('a real account has no faults to stage'))
    : send(url, { method, path: '/__sandbox/faults', body });
