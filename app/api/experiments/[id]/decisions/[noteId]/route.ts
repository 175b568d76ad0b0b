import { readNotePlace } from '@/lib/server/http/note-input';
import { answer, route } from '@/lib/server/http/route';

/** Changes what the body names, and leaves the rest. Answers all notes and decisions. */
export const PATCH = route(
  { access: 'write-notes', input: readNotePlace },
  async ({ services, granted, input, body }) =>
    answer(await services.editNote(granted, 'decisions', input, await body())),
);

/** Removes it; nothing of it is kept. Answers what is left. */
export const DELETE = route(
  { access: 'write-notes', input: readNotePlace },
  async ({ services, granted, input }) =>
    answer(await services.removeNote(granted, 'decisions', input)),
);
