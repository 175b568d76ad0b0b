import { readExperimentId } from '@/lib/server/http/note-input';
import { answer, route } from '@/lib/server/http/route';

/** Notes and decisions of people on one experiment. */
export const GET = route(
  { access: 'read-results', input: readExperimentId },
  async ({ services, granted, input }) => answer(await services.readNotes(granted, input)),
);

/** Adds a note: `{ atMs, text, author }`. Answers all there are. */
export const POST = route(
  { access: 'write-notes', input: readExperimentId },
  async ({ services, granted, input, body }) =>
    answer(await services.addNote(granted, 'notes', input, await body()), 201),
);
