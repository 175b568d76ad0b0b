import 'server-only';
import type { ExperimentId } from '@/lib/core/experiment/ids';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import { readQuestion, refuseUnknown } from '@/lib/server/http/input';
import type { NotePlace } from '@/lib/server/services/notes-access';

/** The experiment of a path without any query. */
export function readExperimentId(
  params: Readonly<Record<string, string>>,
  query: URLSearchParams,
): ExperimentId {
  refuseUnknown(query, []);
  return readQuestion(params, query).subject.experimentId;
}

/** The experiment and the note or decision of a path. */
export function readNotePlace(
  params: Readonly<Record<string, string>>,
  query: URLSearchParams,
): NotePlace {
  const id = readExperimentId(params, query);
  const noteId = params['noteId'] ?? '';
  if (!/^[\w-]{1,64}$/.test(noteId))
    throw new ProblemError(toProblem('invalid-input', 'is no id of ours', { field: 'noteId' }));
  return { id, noteId };
}
