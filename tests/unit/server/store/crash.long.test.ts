import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STORE_FILE } from '@/lib/server/store/open-store';
import type { Kill } from './storm-process';
import { compileStorm, runStorm } from './storm-process';

const VERSION_1 = readFileSync(
  new URL('../../../fixtures/store/version-1.sql', import.meta.url),
  'utf8',
);
const LANES = 2;
/** Stores, each killed again and again; half of them begin as a store of an older version. */
const STORES = 100;
const KILLS_A_STORE = 5;
/** What the log takes of a migration: from nothing, and from the version of the fixture. */
const MIGRATION_BYTES = { fresh: 160_000, old: 80_000 };

/** Park and Miller's generator: the same kills for the same seed, as far as a machine's speed allows. */
const createRandom = (seed: number) => {
  let state = seed;
  return (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
};

let home: string;
let program: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'verdict-crash-'));
  program = await compileStorm(home);
}, 60_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Tally {
  kills: number;
  whileOpening: number;
  acknowledged: number;
  readonly faults: string[];
}

/** Of what is replaced, only the newest can be asked for. */
const isReplaced = (line: string): boolean => /^(latest|fact|history) /.test(line);
const nameOf = (line: string): string => line.slice(0, line.lastIndexOf(' '));
const timeOf = (line: string): number => Number(line.slice(line.lastIndexOf(' ') + 1));

function missing(acknowledged: readonly string[], found: readonly string[]): string[] {
  const all = new Set(found);
  const newest = new Map(found.map((line) => [nameOf(line), timeOf(line)]));
  return acknowledged.filter((line) => {
    if (line.startsWith('dropped ')) return all.has(line.replace('dropped', 'look'));
    return isReplaced(line) ? (newest.get(nameOf(line)) ?? 0) < timeOf(line) : !all.has(line);
  });
}

async function stormOn(at: number, seed: number, tally: Tally): Promise<void> {
  const random = createRandom(seed + at * 104_729);
  // Its first numbers are as alike as the seeds.
  for (let draw = 0; draw < 5; draw += 1) random();
  const dir = join(home, `store-${at}`);
  const isOld = at % 2 === 0;
  const acknowledged: string[] = [];
  if (isOld) {
    mkdirSync(dir);
    const old = new Database(join(dir, STORE_FILE));
    old.exec(`PRAGMA journal_mode = WAL; ${VERSION_1}`);
    old.close();
    for (const experiment of [1, 2, 3])
      for (const asOfMs of [1000, 2000, 3000, 4000])
        acknowledged.push(`look ${experiment} ${asOfMs}`);
  }
  /** How long an opening takes on this machine, so that kills fall into it. */
  let openingMs = 25;
  let isMigrated = false;
  const log = join(dir, `${STORE_FILE}-wal`);
  const bytes = MIGRATION_BYTES[isOld ? 'old' : 'fresh'];
  const toKill = (): Kill => {
    if (!isMigrated) return { afterBytes: random() * bytes, log };
    if (random() < 0.3) return { afterMs: random() * openingMs };
    return { afterLines: Math.floor(random() * 300) };
  };
  for (let round = 0; round < KILLS_A_STORE; round += 1) {
    const outcome = await runStorm(program, ['storm', dir, String(round)], toKill());
    tally.kills += 1;
    if (outcome.fault) tally.faults.push(`store ${at}, kill ${round}: ${outcome.fault}`);
    if (outcome.openingMs === null) tally.whileOpening += 1;
    else {
      openingMs = outcome.openingMs;
      isMigrated = true;
    }
    acknowledged.push(...outcome.said.filter((line) => line.includes(' ')));
  }
  const checked = await runStorm(program, ['check', dir], null);
  if (checked.fault) tally.faults.push(`store ${at}, check: ${checked.fault}`);
  if (!checked.said.includes('integrity [{"integrity_check":"ok"}]'))
    tally.faults.push(`store ${at}: ${checked.said.find((line) => line.startsWith('integrity'))}`);
  const gone = missing(acknowledged, checked.said);
  for (const line of gone.slice(0, 3)) tally.faults.push(`store ${at}: ${line} is gone`);
  tally.acknowledged += acknowledged.length;
  rmSync(dir, { recursive: true, force: true });
}

describe('a store whose process is killed', () => {
  it('opens again after each of 500 kills, old stores and openings among them, and has all that was acknowledged', async () => {
    const seed = 1 + Math.floor(Math.random() * 1_000_000);
    console.log(`crash seed ${seed}`);
    const tally: Tally = { kills: 0, whileOpening: 0, acknowledged: 0, faults: [] };
    let next = 0;
    const lane = async (): Promise<void> => {
      while (next < STORES) await stormOn(next++, seed, tally);
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    const { faults, ...counts } = tally;
    console.log(JSON.stringify(counts));
    expect(faults).toEqual([]);
    expect(tally.kills).toBe(500);
    expect(tally.whileOpening).toBeGreaterThan(100);
    expect(tally.kills - tally.whileOpening).toBeGreaterThan(100);
    expect(tally.acknowledged).toBeGreaterThan(5_000);
  }, 600_000);
});
