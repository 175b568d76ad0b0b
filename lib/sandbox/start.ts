import { resolve } from 'node:path';
import { createSandbox, type Behaviour, type SandboxControl } from './api/create-sandbox';
import type { Credentials } from './api/oauth/clients';
import { createCertificate, type ServerCertificate } from './certificate';
import { wallClock, type Clock } from './clock';
import { createOrigin, findOrigin, saveOrigin, type SavedOrigin } from './origin-file';
import { serve } from './serve';
import { createStateKeeper } from './keep-state';
import { findKept, forgetKept, saveKept } from './state-file';
import { wallTimer, type SetTimer } from './timer';
import type { WorldSize } from './world/plain/plain-catalogue';
import { createWorld, type World } from './world/world';
import { writeWhole } from './write-whole';

export interface StartOptions extends Behaviour {
  /** 0 takes a free one. */
  readonly port: number;
  /** Where the origin of the world is kept. */
  readonly dataDir: string;
  /** Where to keep what people changed, and their consents. Default: nowhere, a restart forgets it. */
  readonly stateFile?: string;
  /** Called when the state could not be written; the next change tries again. Default: throws. */
  readonly onStateFailure?: (error: unknown) => void;
  /** True speaks HTTPS only, with a certificate made now. Default false. */
  readonly tls?: boolean;
  /** True forgets the old world and its state, and begins a new one. */
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
  /** The certificate to trust (a PEM file in `dataDir`); undefined over plain HTTP. */
  readonly certificateFile?: string;
  /** Stops listening, drops open connections, and writes what is not written yet; rejects when that fails. */
  close(): Promise<void>;
}

export const DEMO_CREDENTIALS: Credentials = {
  clientId: 'demo-client',
  clientSecret: 'demo-secret',
};

/** Starts the sandbox on loopback, continuing the world kept in `dataDir` if there is one. */
export async function startSandbox(options: StartOptions): Promise<RunningSandbox> {
  const { port, clock = wallClock, credentials = DEMO_CREDENTIALS, stateFile } = options;
  if (options.fresh === true && stateFile !== undefined) forgetKept(stateFile);
  const { origin, world } = openWorld(options, clock);
  const { seed, epochMs, speed } = origin;
  const kept = stateFile === undefined ? undefined : findKept(stateFile, origin);
  const saved = kept === undefined ? {} : { saved: kept.state, savedGrants: kept.grants };
  const sandbox = createSandbox({ ...options, ...saved, world, clock, credentials, seed });
  const keeper = createStateKeeper(
    () => {
      if (stateFile === undefined) return;
      saveKept(stateFile, { version: 1, seed, epochMs, ...sandbox.keepable.save() });
    },
    options.setTimer ?? wallTimer,
    options.onStateFailure ?? fail,
  );
  if (stateFile !== undefined) sandbox.keepable.onChange(keeper.mark);
  const certificate = options.tls === true ? await createCertificate(wallClock()) : undefined;
  const trust =
    certificate === undefined
      ? {}
      : { certificateFile: keepCertificate(options.dataDir, certificate) };
  const { url, close } = await serve(sandbox.fetch, port, certificate);
  return {
    ...sandbox,
    ...trust,
    url,
    epochMs,
    speed,
    close: async () => {
      await close();
      keeper.flush();
    },
  };
}

function fail(error: unknown): never {
  throw error;
}

function keepCertificate(dataDir: string, { cert }: ServerCertificate): string {
  const path = resolve(dataDir, 'certificate.pem');
  writeWhole(path, cert);
  return path;
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
