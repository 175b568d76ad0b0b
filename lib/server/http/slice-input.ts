import 'server-only';
import type { Question } from '@/lib/core/experiment/question';
import type { SliceAsk } from '@/lib/core/experiment/slicing';
import { parseSliceAsk, SLICE_FIELDS } from '@/lib/core/experiment/slicing';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import { readQuestion } from '@/lib/server/http/input';

export interface SliceQuestion {
  readonly question: Question;
  readonly ask: SliceAsk;
  /** An answer from before will not do. */
  readonly anew: boolean;
}

export function readSliceQuestion(
  params: Readonly<Record<string, string>>,
  query: URLSearchParams,
): SliceQuestion {
  const question = readQuestion(params, query, [...SLICE_FIELDS, 'anew']);
  for (const field of [...SLICE_FIELDS, 'anew'])
    if (query.getAll(field).length > 1) throw invalid(field, 'may be given once');
  const anew = query.get('anew') ?? '0';
  if (anew !== '0' && anew !== '1') throw invalid('anew', '0 or 1');
  const fields = Object.fromEntries(
    SLICE_FIELDS.map((field) => [field, query.get(field) ?? undefined]),
  );
  const parsed = parseSliceAsk(question.subject.experimentId, fields);
  if (!parsed.ok) throw invalid(parsed.field, parsed.reason);
  return { question, ask: parsed.ask, anew: anew === '1' };
}

const invalid = (field: string, detail: string): ProblemError =>
  new ProblemError(toProblem('invalid-input', detail, { field }));
