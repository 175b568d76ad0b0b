import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectionId, experimentId, variationId } from '@/lib/core/experiment/ids';
import type { DecisionRecord, Note } from '@/lib/core/notes/note';
import { openStore } from '@/lib/server/store/open-store';

const ONE = connectionId('one');
const EXPERIMENT = experimentId(188400);

const aNote = (id: string, atMs: number): Note => ({
  id,
  atMs,
  text: `<b>“${id}”</b>\nsecond line`,
  author: 'Zoë',
  createdAtMs: 10,
  editedAtMs: null,
});

const aDecision = (id: string, decidedAtMs: number): DecisionRecord => ({
  id,
  who: 'Zoë',
  what: 'ship',
  variationId: variationId(1),
  why: 'It holds.',
  decidedAtMs,
  editedAtMs: 20,
});

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'verdict-notes-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('the store of what people write', () => {
  it('keeps notes and decisions across a reopening, in their order', async () => {
    const first = await openStore({ dir });
    await first.notes.set(ONE, EXPERIMENT, aNote('late', 9));
    await first.notes.set(ONE, EXPERIMENT, aNote('early', 3));
    await first.decisions.set(ONE, EXPERIMENT, aDecision('second', 8));
    await first.decisions.set(ONE, EXPERIMENT, aDecision('first', 7));
    await first.close();
    const again = await openStore({ dir });
    expect(await again.notes.read(ONE, EXPERIMENT)).toEqual([aNote('early', 3), aNote('late', 9)]);
    expect(await again.decisions.read(ONE, EXPERIMENT)).toEqual([
      aDecision('first', 7),
      aDecision('second', 8),
    ]);
    await again.close();
  });

  it('replaces the one of an id, and forgets what was removed', async () => {
    const store = await openStore({ dir: ':memory:' });
    await store.notes.set(ONE, EXPERIMENT, aNote('a', 1));
    await store.notes.set(ONE, EXPERIMENT, { ...aNote('a', 2), editedAtMs: 5 });
    expect(await store.notes.read(ONE, EXPERIMENT)).toEqual([{ ...aNote('a', 2), editedAtMs: 5 }]);
    await store.notes.remove(ONE, EXPERIMENT, 'a');
    await store.decisions.set(ONE, EXPERIMENT, aDecision('d', 1));
    await store.decisions.remove(ONE, EXPERIMENT, 'd');
    expect(await store.notes.read(ONE, EXPERIMENT)).toEqual([]);
    expect(await store.decisions.read(ONE, EXPERIMENT)).toEqual([]);
    await store.close();
  });

  it('keeps connections and experiments apart', async () => {
    const store = await openStore({ dir: ':memory:' });
    await store.notes.set(ONE, EXPERIMENT, aNote('a', 1));
    expect(await store.notes.read(connectionId('other'), EXPERIMENT)).toEqual([]);
    expect(await store.notes.read(ONE, experimentId(2))).toEqual([]);
    await store.notes.remove(connectionId('other'), EXPERIMENT, 'a');
    expect(await store.notes.read(ONE, EXPERIMENT)).toHaveLength(1);
    await store.close();
  });
});
