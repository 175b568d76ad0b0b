/** Notes and decisions of one experiment in the query cache, as every door fills it. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { fetchJson } from '@/lib/client/api';
import type { ExperimentId } from '@/lib/core/experiment/ids';
import type { NotesBody } from '@/lib/core/notes/note';

export const notesOptions = (id: ExperimentId) =>
  queryOptions({
    queryKey: ['notes', id] as const,
    queryFn: ({ signal }): Promise<NotesBody> => fetchJson(`/api/experiments/${id}/notes`, signal),
    placeholderData: keepPreviousData,
  });

export const seedNotes = (client: QueryClient, notes: NotesBody): void =>
  void client.setQueryData(notesOptions(notes.experimentId).queryKey, notes);
