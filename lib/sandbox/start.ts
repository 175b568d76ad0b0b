import { createAdaptorServer } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import { createSandbox } from './api/create-sandbox';
import type { Credentials } from './api/oauth';
import type { Quirks } from './api/results-body';
import { wallClock, type Clock } from './clock';
import { createOrigin, findOrigin, saveOrigin, type SavedOrigin } from './origin-file';
import { createWorld, type World } from './world/world';

export interface StartOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** Where the origin of the world is kept. */
  readonly dataDir: string;
  /** True forgets the old world and begins a new one. */
  readonly fresh?: boolean;
  /** Multiplies the traffic after the epoch of a new world. Default 1. */
  readonly speed?: number;
  /** Seed of a new world. Default: random. */
  readonly seed?: number;
  readonly clock?: Clock;
  readonly credentials?: Credentials;
  readonly quirks?: Quirks;
}

export interface RunningSandbox {
  readonly url: string;
  readonly epochMs: number;
  /** The speed the world was begun with; a restart cannot change it. */
  readonly speed: number;
  /** Stops listening and drops open connections. */
  close(): Promise<void>;
}

export const DEMO_CREDENTIALS: Credentials = {
  clientId: 'demo-client',
  clientSecret: 'demo-secret',
};

/** Starts the sandbox on loopback, continuing the world kept in `dataDir` if there is one. */
export async function startSandbox(options: StartOptions): Promise<RunningSandbox> {
  const { port, clock = wallClock, credentials = DEMO_CREDENTIALS, quirks = {} } = options;
  const { origin, world } = openWorld(options, clock);
  const sandbox = createSandbox({ world, clock, credentials, quirks, seed: origin.seed });
  const server = createAdaptorServer({ fetch: sandbox.fetch });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    epochMs: origin.epochMs,
    speed: origin.speed,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

function openWorld(
  { dataDir, fresh = false, speed = 1, seed }: StartOptions,
  clock: Clock,
): { readonly origin: SavedOrigin; readonly world: World } {
  const kept = fresh ? undefined : findOrigin(dataDir);
  if (kept !== undefined) return { origin: kept, world: createWorld(kept) };
  const origin = createOrigin(clock(), speed, seed);
  const world = createWorld(origin);
  // The one long search of the world: done once here, so that a restart need not repeat it.
  const hard = world.experiments.filter((plan) => plan.deserved.kind === 'almost-decided');
  const lanes = Object.fromEntries(hard.map((plan) => [String(plan.id), world.lanesOf(plan)]));
  const saved = { ...origin, lanes };
  saveOrigin(dataDir, saved);
  return { origin: saved, world };
}
