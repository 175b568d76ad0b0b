import { describe, expect, it } from 'vitest';
import type { Problem } from '@/lib/core/problem/problem';
import { toProblem } from '@/lib/core/problem/problem';
import { createWriteBehind } from '@/lib/server/live/write-behind';
import { createKeptLog } from '@/tests/fakes/kept-log';

const aHouse = () => {
  const log = createKeptLog();
  const store: { told: Problem | null } = { told: null };
  const writes = createWriteBehind({ store: { problem: () => store.told }, log });
  return { log, store, writes };
};

const settle = () => new Promise<void>((go) => setImmediate(go));
const fails = () => Promise.reject(new Error('no such table'));

describe('writes that nobody waits for', () => {
  it('tell of a failure, once in the log, until a write succeeds', async () => {
    const { log, writes } = aHouse();
    for (let at = 0; at < 5; at += 1) writes.remember(fails);
    await settle();
    expect(writes.problem()?.detail).toBe('what was read cannot be remembered: no such table');
    expect(log.count('error')).toBe(1);
    writes.remember(() => Promise.resolve());
    await settle();
    expect(writes.problem()).toBeNull();
  });

  it('leave it to the store to tell of its disk, and to say when it has caught up', async () => {
    const { log, store, writes } = aHouse();
    store.told = toProblem('store-failed', 'disk full');
    writes.remember(fails);
    await settle();
    expect(writes.problem()?.detail).toBe('disk full');
    writes.remember(() => Promise.resolve());
    await settle();
    expect(writes.problem()?.detail).toBe('disk full');
    store.told = null;
    expect([writes.problem(), log.count('error')]).toEqual([null, 0]);
  });

  it('are waited for at the end, later ones left out', async () => {
    const { writes } = aHouse();
    const done: string[] = [];
    writes.remember(async () => {
      await settle();
      writes.remember(async () => void done.push('later'));
      done.push('begun');
    });
    await writes.close();
    expect(done).toEqual(['begun']);
  });
});
