'use client';

/** Notes and decisions of one experiment: asked for anew when a reading says that they changed, and changed. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { sendJson } from '@/lib/client/api';
import { notesOptions, seedNotes } from '@/lib/client/notes-query';
import type { ExperimentId } from '@/lib/core/experiment/ids';
import type { DecisionInput, NoteInput, NotesBody } from '@/lib/core/notes/note';

const pathOf = (id: ExperimentId): string => `/api/experiments/${id}`;

/** What is known; asks anew when `revision`, which every reading carries, is ahead of it. */
export function useNotes(id: ExperimentId, revision: number): NotesBody | undefined {
  const { data, refetch } = useQuery(notesOptions(id));
  const isBehind = data !== undefined && data.revision < revision;
  useEffect(() => {
    if (isBehind) void refetch();
  }, [isBehind, revision, refetch]);
  return data;
}

/** What can be done to them. Each rejects with a `ProblemError`; then nothing has changed. */
export interface NoteChanges {
  add(kind: 'notes', input: NoteInput): Promise<void>;
  add(kind: 'decisions', input: DecisionInput): Promise<void>;
  edit(kind: 'notes', noteId: string, input: NoteInput): Promise<void>;
  edit(kind: 'decisions', noteId: string, input: DecisionInput): Promise<void>;
  remove(kind: 'notes' | 'decisions', noteId: string): Promise<void>;
}

/** Every answer is all there is now: it becomes what GET would have given. */
export function useNoteChanges(id: ExperimentId): NoteChanges {
  const client = useQueryClient();
  const send = async (method: string, path: string, body?: unknown): Promise<void> =>
    seedNotes(client, await sendJson<NotesBody>(method, `${pathOf(id)}/${path}`, body));
  return {
    add: (kind: string, input: unknown) => send('POST', kind, input),
    edit: (kind: string, noteId: string, input: unknown) =>
      send('PATCH', `${kind}/${noteId}`, input),
    remove: (kind, noteId) => send('DELETE', `${kind}/${noteId}`),
  };
}
