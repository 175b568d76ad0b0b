import 'server-only';
import type { ConnectionId, ExperimentId } from '@/lib/core/experiment/ids';
import { toQuestion } from '@/lib/core/experiment/question';
import type { NotesBody } from '@/lib/core/notes/note';
import { MAX_NOTES } from '@/lib/core/notes/note';
import type { Parsed } from '@/lib/core/notes/parse-notes';
import { parseDecision, parseNote } from '@/lib/core/notes/parse-notes';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { Granted } from '@/lib/server/access/granted';
import type { Results } from '@/lib/server/live/results';
import type { ResultsAccess } from '@/lib/server/services/results-access';
import type { Store } from '@/lib/server/store/store';

export type NoteKind = 'notes' | 'decisions';

type MayWrite = Granted<'write-notes'>;

/** What people write beside the results. Every change is told to open pages, and answered with what there is now. */
export interface NotesAccess {
  /** Throws as `readReading`, and `store-failed`. */
  readNotes(granted: Granted<'read-results'>, id: ExperimentId): Promise<NotesBody>;
  /** Throws `invalid-input` naming the field, `not-found`, `store-failed`. */
  addNote(granted: MayWrite, kind: NoteKind, id: ExperimentId, raw: unknown): Promise<NotesBody>;
  /** What `raw` leaves out stays. Throws as `addNote`. */
  editNote(granted: MayWrite, kind: NoteKind, at: NotePlace, raw: unknown): Promise<NotesBody>;
  /** What is gone already is no fault. */
  removeNote(granted: MayWrite, kind: NoteKind, at: NotePlace): Promise<NotesBody>;
}

export interface NotePlace {
  readonly id: ExperimentId;
  readonly noteId: string;
}

export interface NotesAccessOptions {
  readonly connectionId: ConnectionId;
  readonly store: Pick<Store, NoteKind | 'citations'>;
  readonly results: Pick<Results, 'find' | 'noteChanged' | 'noteRevision' | 'lookAt'>;
  readonly access: Pick<ResultsAccess, 'checkQuestions'>;
  /** Upstream time. */
  readonly nowMs: () => number;
  readonly newId: () => string;
}

type Change = (before: NotesBody, nowMs: number) => Promise<unknown>;

export function createNotesAccess(options: NotesAccessOptions): NotesAccess {
  const { connectionId, store, results, access, nowMs, newId } = options;

  const read = async (id: ExperimentId): Promise<NotesBody> => {
    // First the number: what is written while we read is asked for anew.
    const revision = results.noteRevision(id);
    const [notes, decisions] = await Promise.all([
      store.notes.read(connectionId, id),
      store.decisions.read(connectionId, id),
    ]);
    return { experimentId: id, revision, notes, decisions };
  };

  const toVariations = (id: ExperimentId) =>
    results.find(toQuestion(id))?.experiment.variations.map((variation) => variation.id) ?? [];

  const change = async (id: ExperimentId, apply: Change): Promise<NotesBody> => {
    await apply(await read(id), Math.floor(nowMs()));
    results.noteChanged(id);
    return read(id);
  };

  const keepNote = async (
    id: ExperimentId,
    raw: unknown,
    atMs: number,
    more: { id: string; createdAtMs: number; editedAtMs: number | null },
  ): Promise<void> => {
    const note = { ...valueOf(parseNote(raw, atMs)), ...more };
    await store.notes.set(connectionId, id, note);
    // The look it is about stays when others are thinned with age; without one it stands for itself.
    const asOfMs = results.lookAt(id, note.atMs);
    if (asOfMs === null) return;
    await store.citations.add(connectionId, id, [{ asOfMs, by: 'note' }]).catch(() => undefined);
  };

  const keepDecision = (
    id: ExperimentId,
    raw: unknown,
    more: { id: string; decidedAtMs: number; editedAtMs: number | null },
  ): Promise<void> => {
    const decision = { ...valueOf(parseDecision(raw, toVariations(id))), ...more };
    return store.decisions.set(connectionId, id, decision);
  };

  const check = (granted: MayWrite, id: ExperimentId): void => {
    access.checkQuestions(granted, [toQuestion(id)]);
  };

  return {
    async readNotes(granted, id) {
      access.checkQuestions(granted, [toQuestion(id)]);
      return read(id);
    },

    async addNote(granted, kind, id, raw) {
      check(granted, id);
      return change(id, async (before, now) => {
        if (before[kind].length >= MAX_NOTES)
          refuse('body', `an experiment has at most ${MAX_NOTES} ${kind}`);
        const more = { id: newId(), editedAtMs: null };
        if (kind === 'notes') await keepNote(id, raw, now, { ...more, createdAtMs: now });
        else await keepDecision(id, raw, { ...more, decidedAtMs: now });
      });
    },

    async editNote(granted, kind, { id, noteId }, raw) {
      check(granted, id);
      return change(id, async (before, now) => {
        const note = before.notes.find((one) => one.id === noteId);
        const decision = before.decisions.find((one) => one.id === noteId);
        if (kind === 'notes' && note) {
          const { atMs, text, author, ...kept } = note;
          const typed = withChanges({ atMs, text, author }, raw);
          await keepNote(id, typed, now, { ...kept, editedAtMs: now });
        } else if (kind === 'decisions' && decision) {
          const { who, what, variationId, why, ...kept } = decision;
          const typed = withChanges({ who, what, variationId, why }, raw);
          await keepDecision(id, typed, { ...kept, editedAtMs: now });
        } else
          throw new ProblemError(
            toProblem('not-found', 'It was removed meanwhile.', { field: 'noteId' }),
          );
      });
    },

    async removeNote(granted, kind, { id, noteId }) {
      check(granted, id);
      return change(id, () => store[kind].remove(connectionId, id, noteId));
    },
  };
}

const refuse = (field: string, detail: string): never => {
  throw new ProblemError(toProblem('invalid-input', detail, { field }));
};

const withChanges = (before: object, raw: unknown): unknown =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? { ...before, ...raw } : raw;

const DETAILS = {
  missing: 'must not be empty',
  'too-long': 'is too long',
  'no-moment': 'is a moment in epoch milliseconds',
  'in-future': 'lies in the future',
  unknown: 'is not one of those known here',
} as const;

const valueOf = <T>(parsed: Parsed<T>): T =>
  parsed.ok ? parsed.value : refuse(parsed.field, DETAILS[parsed.fault]);
