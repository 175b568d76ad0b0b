import { createSandbox, type Behaviour, type SandboxControl } from './api/create-sandbox';
import type { Credentials } from './api/oauth';
import { wallClock, type Clock } from './clock';
import { createOrigin, findOrigin, saveOrigin, type SavedOrigin } from './origin-file';
import { serve } from './serve';
import type { SetTimer } from './timer';
import type { WorldSize } from './world/plain/plain-catalogue';
import { createWorld, type World } from './world/world';

export interface StartOptions extends Behaviour {
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
  /** Plain experiments beside the stories. Default: as the kept world has them, or none. */
  readonly size?: WorldSize;
  readonly clock?: Clock;
  readonly setTimer?: SetTimer;
  readonly credentials?: Credentials;
}

export interface RunningSandbox extends SandboxControl {
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
  const { port, clock = wallClock, credentials = DEMO_CREDENTIALS } = options;
  const { origin, world } = openWorld(options, clock);
  const sandbox = createSandbox({ ...options, world, clock, credentials, seed: origin.seed });
  const { url, close } = await serve(sandbox.fetch, port);
  return { ...sandbox, url, epochMs: origin.epochMs, speed: origin.speed, close };
}

function openWorld(
  { dataDir, fresh = false, speed = 1, seed, size }: StartOptions,
  clock: Clock,
): { readonly origin: SavedOrigin; readonly world: World } {
  const sized = size === undefined ? {} : { size };
  const kept = fresh ? undefined : findOrigin(dataDir);
  if (kept !== undefined) {
    const origin = { ...kept, ...sized };
    if (size !== undefined) saveOrigin(dataDir, origin);
    return { origin, world: createWorld(origin) };
  }
  const origin = { ...createOrigin(clock(), speed, seed), ...sized };
  const world = createWorld(origin);
  // The one long search of the world: done once here, so that a restart need not repeat it.
  const hard = world.experiments.filter((plan) => plan.deserved.kind === 'almost-decided');
  const lanes = Object.fromEntries(hard.map((plan) => [String(plan.id), world.lanesOf(plan)]));
  const saved = { ...origin, lanes };
  saveOrigin(dataDir, saved);
  return { origin: saved, world };
}
