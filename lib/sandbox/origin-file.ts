import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lanes } from './world/create-streams';
import type { WorldOrigin } from './world/world';
import { writeWhole } from './write-whole';

/** The world's origin on disk: what a restart needs to continue the same past. */
export interface SavedOrigin extends WorldOrigin {
  readonly version: 1;
  readonly speed: number;
  readonly lanes: Readonly<Record<string, Lanes>>;
}

const FILE_NAME = 'origin.json';

/** A first start, now. The epoch is a whole second because the API's dates are. */
export function createOrigin(nowMs: number, speed: number, seed?: number): SavedOrigin {
  const epochMs = Math.floor(nowMs / 1000) * 1000;
  return { version: 1, seed: seed ?? randomInt(1, 2 ** 31), epochMs, speed, lanes: {} };
}

/** Undefined when there is none yet; throws when the file cannot be understood. */
export function findOrigin(dataDir: string): SavedOrigin | undefined {
  const path = join(dataDir, FILE_NAME);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const origin = parseOrigin(text);
  if (origin === undefined) {
    throw new Error(`${path} is not a sandbox origin. Start with --fresh to begin a new world.`);
  }
  return origin;
}

function parseOrigin(text: string): SavedOrigin | undefined {
  try {
    const value = JSON.parse(text) as Partial<SavedOrigin> | null;
    const isWhole =
      value?.version === 1 &&
      [value.seed, value.epochMs, value.speed].every((number) => Number.isFinite(number)) &&
      typeof value.lanes === 'object';
    return isWhole ? (value as SavedOrigin) : undefined;
  } catch {
    return undefined;
  }
}

export function saveOrigin(dataDir: string, origin: SavedOrigin): void {
  writeWhole(join(dataDir, FILE_NAME), `${JSON.stringify(origin, null, 2)}\n`);
}
