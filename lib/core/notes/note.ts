/** What people write down beside what the machine called. Times are upstream time. */
import type { ExperimentId, VariationId } from '@/lib/core/experiment/ids';

/** Something somebody wants remembered at a moment of the run. */
export interface Note {
  readonly id: string;
  /** The moment it is about: a place on the charts. */
  readonly atMs: number;
  readonly text: string;
  /** As typed: nobody signs in yet. */
  readonly author: string;
  readonly createdAtMs: number;
  /** null: never changed. */
  readonly editedAtMs: number | null;
}

export const DECISIONS = ['ship', 'keep-original', 'stop', 'continue', 'other'] as const;
export type DecisionKind = (typeof DECISIONS)[number];

/** What people decided to do, and why: not what the figures say, which the log of calls keeps. */
export interface DecisionRecord {
  readonly id: string;
  /** As typed: nobody signs in yet. */
  readonly who: string;
  readonly what: DecisionKind;
  /** Which one is shipped; null for every other decision. */
  readonly variationId: VariationId | null;
  readonly why: string;
  readonly decidedAtMs: number;
  readonly editedAtMs: number | null;
}

/** GET /api/experiments/{id}/notes, and the answer of every change. */
export interface NotesBody {
  readonly experimentId: ExperimentId;
  /** Rises with every change; readings carry it, so that open pages know when to ask anew. */
  readonly revision: number;
  /** In the order of the moments they are about. */
  readonly notes: readonly Note[];
  /** Oldest first. */
  readonly decisions: readonly DecisionRecord[];
}

export type NoteInput = Pick<Note, 'atMs' | 'text' | 'author'>;
export type DecisionInput = Pick<DecisionRecord, 'who' | 'what' | 'variationId' | 'why'>;

/** Characters as a reader counts code points. */
export const MAX_TEXT = 500;
export const MAX_NAME = 80;
/** Of each kind, an experiment. */
export const MAX_NOTES = 200;

/** Those about moments up to one: what a page of the past shows. */
export const notesUpTo = (body: NotesBody, atMs: number): NotesBody => ({
  ...body,
  notes: body.notes.filter((note) => note.atMs <= atMs),
  decisions: body.decisions.filter(({ decidedAtMs }) => decidedAtMs <= atMs),
});
