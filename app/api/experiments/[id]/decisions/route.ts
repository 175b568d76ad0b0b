import { readExperimentId } from '@/lib/server/http/note-input';
import { answer, route } from '@/lib/server/http/route';

/** Records what somebody decided: `{ who, what, variationId?, why }`. Answers all notes and decisions. */
export const POST = route(
  { access: 'write-notes', input: readExperimentId },
  async ({ services, granted, input, body }) =>
    answer(await services.addNote(granted, 'decisions', input, await body()), 201),
);
