import { connectionId } from '@/lib/core/experiment/ids';
import { sleep } from '@/lib/core/time/clock';
import type { KameleoonClient } from '@/lib/server/kameleoon/client';
import { createKameleoonClient } from '@/lib/server/kameleoon/create-client';
import { createResults } from '@/lib/server/live/create-results';
import type { Results } from '@/lib/server/live/results';
import { openStore } from '@/lib/server/store/open-store';
import type { Sandbox } from '@/lib/sandbox/api/create-sandbox';
import { createSandbox } from '@/lib/sandbox/api/create-sandbox';
import { createWorld } from '@/lib/sandbox/world/world';
import type { FakeClock } from '@/tests/fakes/clock';
import { createFakeClock } from '@/tests/fakes/clock';
import { silentLog } from '@/tests/fakes/log';

const DAY_MS = 86_400_000;

export interface SandboxHouse {
  readonly clock: FakeClock;
  readonly sandbox: Sandbox;
  readonly client: KameleoonClient;
  readonly results: Results;
  stop(): Promise<void>;
}

export interface SandboxHouseOptions {
  readonly size: { readonly active: number; readonly stopped: number };
  readonly windows?: 'sliding' | 'fixed';
  readonly seed?: number;
}

/** A reproducible stand-in for Math.random. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The whole line, from the results down to the API's own windows, in one process and on one fake clock. */
export async function aSandboxHouse(options: SandboxHouseOptions): Promise<SandboxHouse> {
  const { size, windows = 'sliding', seed = 7 } = options;
  const clock = createFakeClock();
  const world = createWorld({ seed, epochMs: clock.nowMs() - 10 * DAY_MS, size });
  const sandbox = createSandbox({
    world,
    clock: () => clock.nowMs(),
    setTimer: (task, delayMs) => clock.setTimer(task, delayMs),
    credentials: { clientId: 'demo-client', clientSecret: 'demo-secret' },
    seed,
    windows,
  });
  const random = createRandom(seed);
  const client = createKameleoonClient({
    baseUrl: 'https://api.test',
    clientId: 'demo-client',
    clientSecret: 'demo-secret',
    clock,
    random,
    fetch: async (input, init) => {
      await sleep(clock, 20 + 60 * random());
      const response = await sandbox.fetch(new Request(input, init));
      // Now and then an answer is late.
      await sleep(clock, random() < 0.02 ? 1_200 : 20 + 40 * random());
      return response;
    },
  });
  const store = await openStore({ dir: ':memory:' });
  const id = connectionId('main');
  const results = createResults({ connectionId: id, client, store, clock, log: silentLog, random });
  await results.start();
  return {
    clock,
    sandbox,
    client,
    results,
    async stop() {
      await results.stop();
      await store.close();
    },
  };
}
