import { afterEach, describe, expect, it } from 'vitest';
import { connectionId, experimentId } from '@/lib/core/experiment/ids';
import { toQuestion } from '@/lib/core/experiment/question';
import type { LiveEvent } from '@/lib/core/live/event';
import type { Problem } from '@/lib/core/problem/problem';
import { isProblemError } from '@/lib/core/problem/problem';
import { grant } from '@/lib/server/access/granted';
import { createResults } from '@/lib/server/live/create-results';
import type { Results } from '@/lib/server/live/results';
import { createNotesAccess } from '@/lib/server/services/notes-access';
import { createResultsAccess } from '@/lib/server/services/results-access';
import { openStore } from '@/lib/server/store/open-store';
import { createFakeClock } from '@/tests/fakes/clock';
import { silentLog } from '@/tests/fakes/log';
import { anExperiment, createFakeClient } from '@/tests/unit/server/live/fake-client';

const read = grant({ kind: 'anonymous' }, 'read-results')!;
const write = grant({ kind: 'anonymous' }, 'write-notes')!;
const ONE = experimentId(1);
const MAIN = connectionId('main');

const opened: Results[] = [];
afterEach(async () => {
  for (const results of opened.splice(0)) await results.stop();
});

async function aHouse() {
  const clock = createFakeClock();
  const client = createFakeClient(clock, [anExperiment(1), anExperiment(2)]);
  const store = await openStore({ dir: ':memory:' });
  const results = createResults({
    connectionId: MAIN,
    client,
    store,
    clock,
    log: silentLog,
    random: () => 0.5,
  });
  opened.push(results);
  await results.start();
  await clock.advance(10_000);
  const access = createResultsAccess({ results, client, clock });
  let ids = 0;
  const notes = createNotesAccess({
    connectionId: MAIN,
    store,
    results,
    access,
    nowMs: () => client.upstreamNowMs(),
    newId: () => `n${(ids += 1)}`,
  });
  const typed = { atMs: client.upstreamNowMs() - 5, text: 'Press release', author: 'Ana' };
  return { clock, client, store, results, notes, typed };
}

const problemOf = async (work: Promise<unknown>): Promise<Problem | null> => {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return isProblemError(error) ? error.problem : null;
};

describe('notes and decisions', () => {
  it('are kept, changed in part and removed without a trace', async () => {
    const { notes, store, typed, clock } = await aHouse();
    const added = await notes.addNote(write, 'notes', ONE, typed);
    expect(added.notes).toMatchObject([{ ...typed, id: 'n1', editedAtMs: null }]);

    await clock.advance(1_000);
    const place = { id: ONE, noteId: 'n1' };
    const edited = await notes.editNote(write, 'notes', place, { text: 'Big press release' });
    expect(edited.notes).toMatchObject([{ text: 'Big press release', author: 'Ana' }]);
    expect(edited.notes[0]?.editedAtMs).toBeGreaterThan(edited.notes[0]?.createdAtMs ?? Infinity);

    expect((await notes.removeNote(write, 'notes', place)).notes).toEqual([]);
    expect(await store.notes.read(MAIN, ONE)).toEqual([]);
    expect((await notes.removeNote(write, 'notes', place)).notes).toEqual([]);
  });

  it('say what a person shipped, of the variations there are', async () => {
    const { notes } = await aHouse();
    const typed = { who: 'Ana', what: 'ship', variationId: '999999', why: 'It wins.' };
    const wrong = await problemOf(notes.addNote(write, 'decisions', ONE, typed));
    expect(wrong).toMatchObject({ code: 'invalid-input', field: 'variationId' });
    const [, arm] = anExperiment(1).variations;
    const { decisions } = await notes.addNote(write, 'decisions', ONE, {
      ...typed,
      variationId: arm!.id,
    });
    expect(decisions).toMatchObject([{ who: 'Ana', what: 'ship', variationId: arm!.id }]);
  });

  it.each([
    ['text', { text: ' \n ' }],
    ['text', { text: 'x'.repeat(501) }],
    ['author', { author: '' }],
    ['author', { author: 'x'.repeat(81) }],
    ['atMs', { atMs: 'yesterday' }],
    ['atMs', { atMs: Number.MAX_SAFE_INTEGER }],
    ['body', { txet: 'misspelt' }],
  ])('name the field at fault: %s', async (field, change) => {
    const { notes, typed } = await aHouse();
    const problem = await problemOf(notes.addNote(write, 'notes', ONE, { ...typed, ...change }));
    expect(problem).toMatchObject({ code: 'invalid-input', field });
  });

  it('take 500 characters, emoji counted once, and drop what is no text', async () => {
    const { notes, typed } = await aHouse();
    const text = `${'🎉'.repeat(499)}\u0000!`;
    const added = await notes.addNote(write, 'notes', ONE, { ...typed, text });
    expect(added.notes[0]?.text).toBe(`${'🎉'.repeat(499)}!`);
  });

  it('belong to one experiment, and to none that is not there', async () => {
    const { notes, typed } = await aHouse();
    await notes.addNote(write, 'notes', ONE, typed);
    expect((await notes.readNotes(read, experimentId(2))).notes).toEqual([]);
    const gone = await problemOf(notes.addNote(write, 'notes', experimentId(77), typed));
    expect(gone?.code).toBe('not-found');
  });

  it('reach pages that are open by a number that rises, at no cost upstream', async () => {
    const { notes, results, client, clock, typed } = await aHouse();
    const seen: number[] = [];
    const hear = ({ event }: { event: LiveEvent }): void => {
      if (event.type === 'analysis') seen.push(event.reading.notesRevision);
    };
    results.subscribe([toQuestion(ONE)], hear);
    const before = seen.at(-1) ?? 0;
    const asked = client.budget().total;
    const { revision } = await notes.addNote(write, 'notes', ONE, typed);
    expect(client.budget().total).toBe(asked);
    await clock.advance(1_100);
    expect(seen.at(-1)).toBe(revision);
    expect(revision).toBeGreaterThan(before);
    expect((await notes.readNotes(read, ONE)).revision).toBe(revision);
  });

  it('keep the look they are about', async () => {
    const { notes, store, results, typed } = await aHouse();
    await notes.addNote(write, 'notes', ONE, typed);
    const asOfMs = results.lookAt(ONE, typed.atMs);
    expect(asOfMs).not.toBeNull();
    expect(await store.citations.read(MAIN, ONE)).toContain(asOfMs);
  });

  it('stop at two hundred of a kind', async () => {
    const { notes, typed } = await aHouse();
    for (let n = 0; n < 200; n += 1) await notes.addNote(write, 'notes', ONE, typed);
    const full = await problemOf(notes.addNote(write, 'notes', ONE, typed));
    expect(full).toMatchObject({ code: 'invalid-input', field: 'body' });
  });
});
