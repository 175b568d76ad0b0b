import { readFileSync, rmSync } from 'node:fs';
import type { Grant } from './api/oauth/grants';
import { writeWhole } from './write-whole';
import { KINDS } from './state/kind';
import { isObject, type Row } from './state/row';
import type { SavedState } from './state/state';

/** All that people did to a world. Refresh tokens are in it as fingerprints; access tokens are not. */
export interface Kept {
  readonly version: 1;
  /** The world it belongs to: objects and dates of another one would not fit. */
  readonly seed: number;
  readonly epochMs: number;
  readonly state: SavedState;
  readonly grants: readonly Grant[];
}

/** Undefined when there is none yet; throws one line for a file that cannot be understood or is another world's. */
export function findKept(
  path: string,
  world: { readonly seed: number; readonly epochMs: number },
): Kept | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new Error(`The state file ${path} cannot be read (${code ?? 'unknown'}).`);
  }
  const kept = parseKept(text);
  if (kept === undefined)
    throw new Error(`${path} is not a sandbox state. Start with --fresh to begin without it.`);
  if (kept.seed !== world.seed || kept.epochMs !== world.epochMs)
    throw new Error(`${path} belongs to another world. Start with --fresh to begin without it.`);
  return kept;
}

/** Only its owner may read it. */
export function saveKept(path: string, kept: Kept): void {
  writeWhole(path, `${JSON.stringify(kept)}\n`, 0o600);
}

export function forgetKept(path: string): void {
  rmSync(path, { force: true });
}

function parseKept(text: string): Kept | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const { version, seed, epochMs, state, grants } = value;
  const isWhole =
    version === 1 && isNumber(seed) && isNumber(epochMs) && isState(state) && isGrants(grants);
  // Checked field by field just now.
  return isWhole ? (value as unknown as Kept) : undefined;
}

const isNumber = (value: unknown): boolean => Number.isFinite(value);

function isState(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { collections, turns, lastId, aheadMs = 0 } = value;
  if (!isObject(collections) || !isObject(turns) || !isNumber(lastId) || !isNumber(aheadMs))
    return false;
  const areKnown = Object.keys(collections).every((kind) => KINDS.some((known) => known === kind));
  return (
    areKnown &&
    Object.values(collections).every(isCollection) &&
    Object.values(turns).every((each) => isArrayOf(each, isTurn))
  );
}

const isTurn = (value: unknown): boolean =>
  isObject(value) &&
  isNumber(value['atMs']) &&
  isObject(value['split']) &&
  isArrayOf(value['goals'], isNumber);

const isRow = (value: unknown): value is Row => isObject(value) && value['id'] !== undefined;

const isCollection = (value: unknown): boolean =>
  isObject(value) &&
  isArrayOf(value['put'], isRow) &&
  isArrayOf(value['removed'], (id) => typeof id === 'string');

const isGrants = (value: unknown): boolean =>
  isArrayOf(
    value,
    (grant) =>
      isObject(grant) &&
      typeof grant['id'] === 'string' &&
      typeof grant['clientId'] === 'string' &&
      isNumber(grant['accountId']) &&
      isArrayOf(
        grant['tokens'],
        (token) =>
          isObject(token) && typeof token['fingerprint'] === 'string' && isNumber(token['endMs']),
      ),
  );

const isArrayOf = (value: unknown, isOne: (each: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(isOne);
