import 'server-only';
import type { Question } from '@/lib/core/experiment/question';
import { parseQuestion, questionKey } from '@/lib/core/experiment/question';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';

/** More would be one page asking for everything; the list has a route of its own. */
const MAX_QUESTIONS = 250;

const invalid = (field: string, detail: string): never => {
  throw new ProblemError(toProblem('invalid-input', detail, { field }));
};

/** Refuses query parameters that nothing reads: a misspelt one would silently be another question. */
export function refuseUnknown(query: URLSearchParams, known: readonly string[]): void {
  for (const name of query.keys())
    if (!known.includes(name))
      invalid(
        name.slice(0, 40),
        `unknown parameter; known here: ${known.length > 0 ? known.join(', ') : 'none'}`,
      );
}

const toQuestionOr400 = (field: string, text: string): Question => {
  const parsed = parseQuestion(text);
  return parsed.ok ? parsed.question : invalid(field, parsed.reason);
};

/** The `id` of a path, with the question's dials from the query (`goal`, `ref`, `level`). */
export function readQuestion(
  params: Readonly<Record<string, string>>,
  query: URLSearchParams,
  alsoKnown: readonly string[] = [],
): Question {
  refuseUnknown(query, ['goal', 'ref', 'level', 'at', ...alsoKnown]);
  const id = params['id'] ?? '';
  if (!/^\d{1,19}$/.test(id)) invalid('id', 'an experiment id has digits only');
  let question = toQuestionOr400('id', id);
  for (const field of ['goal', 'ref', 'level']) {
    const values = query.getAll(field);
    if (values.length > 1) invalid(field, 'may be given once');
    if (values[0] === undefined) continue;
    const { method } = toQuestionOr400(field, `${id};${field}=${values[0]}`);
    const dial = { goal: 'goalId', ref: 'referenceId', level: 'confidenceLevel' }[
      field
    ] as keyof typeof method;
    question = { ...question, method: { ...question.method, [dial]: method[dial] } };
  }
  const moments = query.getAll('at');
  if (moments.length > 1) invalid('at', 'may be given once');
  if (moments[0] !== undefined) {
    const { atMs } = toQuestionOr400('at', `${id};at=${moments[0]}`);
    question = { ...question, ...(atMs !== undefined && { atMs }) };
  }
  return question;
}

/** Questions of a stream: repeatable `q`, or `experiments=1,2` for several with default dials. Duplicates fold. */
export function readQuestions(_params: unknown, query: URLSearchParams): readonly Question[] {
  refuseUnknown(query, ['q', 'experiments']);
  const questions = [
    ...query.getAll('q').map((text) => toQuestionOr400('q', text)),
    ...query
      .getAll('experiments')
      .flatMap((text) => text.split(','))
      .map((text) => toQuestionOr400('experiments', text.trim())),
  ];
  const unique = [
    ...new Map(questions.map((question) => [questionKey(question), question])).values(),
  ];
  if (unique.some(({ atMs }) => atMs !== undefined))
    invalid('q', 'the past (at) does not change: ask for it once, by GET');
  if (unique.length === 0)
    invalid('q', 'name at least one question: q=<id> or experiments=<id>,<id>');
  if (unique.length > MAX_QUESTIONS) invalid('q', `at most ${MAX_QUESTIONS} questions a stream`);
  return unique;
}

export const noInput = (_params: unknown, query: URLSearchParams): null => {
  refuseUnknown(query, []);
  return null;
};
