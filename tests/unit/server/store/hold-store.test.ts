import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isProblemError } from '@/lib/core/problem/problem';
import { holdStore, LOCK_FILE } from '@/lib/server/store/hold-store';
import { createFakeClock } from '@/tests/fakes/clock';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'verdict-hold-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const detailOf = (error: unknown): string => (isProblemError(error) ? error.problem.detail : '');

describe('holding the store', () => {
  it('refuses a second process in one line that says what to do', async () => {
    const clock = createFakeClock();
    const hold = await holdStore(dir, { clock });
    const refused = holdStore(dir, { clock }).catch((thrown: unknown) => thrown);
    await clock.advance(10_000);
    expect(detailOf(await refused)).toBe(
      `another process uses DATA_DIR (${dir}). Stop it, or set DATA_DIR to another directory.`,
    );
    hold.release();
    (await holdStore(dir, { clock })).release();
  });

  it('waits for one that is just leaving', async () => {
    const clock = createFakeClock();
    const leaving = await holdStore(dir, { clock });
    const next = holdStore(dir, { clock });
    await clock.advance(3_000);
    leaving.release();
    await clock.advance(300);
    (await next).release();
  });

  it('is let go when the process that holds it is killed', async () => {
    const script = `
      const lock = new (require('libsql'))(process.argv[1]);
      lock.exec('BEGIN EXCLUSIVE');
      console.log('held');
      setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ['-e', script, join(dir, LOCK_FILE)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    const clock = createFakeClock();
    const next = holdStore(dir, { clock });
    await clock.advance(500);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await clock.advance(500);
    (await next).release();
  });

  it.each([
    ['a file', (at: string) => writeFileSync(at, 'x')],
    [
      'a directory whose lock is no file',
      (at: string) => mkdirSync(join(at, LOCK_FILE), { recursive: true }),
    ],
  ])('says in one line that it cannot be opened: %s', async (_, spoil) => {
    const at = join(dir, 'spoilt');
    spoil(at);
    const error = await holdStore(at, { clock: createFakeClock() }).catch(
      (thrown: unknown) => thrown,
    );
    expect(detailOf(error)).toMatch(/^DATA_DIR \(.*spoilt\) cannot be used: .+ Set it to/);
    expect(detailOf(error)).not.toContain('\n');
  });
});
