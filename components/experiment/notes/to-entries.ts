/** Notes and decisions as one list, newest moment first. */
import type { DecisionRecord, Note, NotesBody } from '@/lib/core/notes/note';
import type { Reading } from '@/lib/core/live/reading';
import type { Formats } from '@/lib/core/words/formats';
import type { Phrase } from '@/lib/core/words/phrase';
import { nameOf } from '@/lib/core/words/reading-facts';
import { say } from '@/lib/core/words/say';

export type NotesEntry = {
  readonly id: string;
  /** The moment it is about. */
  readonly atMs: number;
  readonly moment: string;
  readonly name: string;
  readonly text: string;
  readonly edited: Phrase | null;
  /** What was decided; null of a note. */
  readonly decided: Phrase | null;
} & (
  | { readonly kind: 'notes'; readonly of: Note }
  | { readonly kind: 'decisions'; readonly of: DecisionRecord }
);

export function toEntries(
  { notes, decisions }: Pick<NotesBody, 'notes' | 'decisions'>,
  reading: Reading,
  formats: Formats,
  nowMs: number,
): readonly NotesEntry[] {
  const edited = (atMs: number | null): Phrase | null =>
    atMs === null ? null : say('notes.edited', { moment: formats.moment(atMs, nowMs) });
  const entries: readonly NotesEntry[] = [
    ...notes.map((of): NotesEntry => ({
      kind: 'notes',
      of,
      id: of.id,
      atMs: of.atMs,
      moment: formats.moment(of.atMs, nowMs),
      name: of.author,
      text: of.text,
      edited: edited(of.editedAtMs),
      decided: null,
    })),
    ...decisions.map((of): NotesEntry => ({
      kind: 'decisions',
      of,
      id: of.id,
      atMs: of.decidedAtMs,
      moment: formats.moment(of.decidedAtMs, nowMs),
      name: of.who,
      text: of.why,
      edited: edited(of.editedAtMs),
      decided: say(`notes.decided.${of.what}`, { name: nameOf(reading, of.variationId) }),
    })),
  ];
  return entries.toSorted((a, b) => b.atMs - a.atMs);
}
