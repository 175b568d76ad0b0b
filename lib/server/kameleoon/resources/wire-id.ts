import 'server-only';

import { ProblemError, toProblem } from '@/lib/core/problem/problem';

/** An id as the API takes it in JSON. Throws `invalid-input` for what is none, or what a number would falsify. */
export function toWireId(id: string, field: string): number {
  const wire = Number(checkId(id, field));
  if (!Number.isSafeInteger(wire))
    throw new ProblemError(
      toProblem('invalid-input', `${field}: ${id} is too large for an id`, { field }),
    );
  return wire;
}

/** An id as it goes into a path: digits and nothing else. */
export function checkId(id: string, field = 'id'): string {
  if (/^\d{1,19}$/.test(id)) return id;
  throw new ProblemError(
    toProblem('invalid-input', `${field}: an id is made of digits, this is ${quote(id)}`, {
      field,
    }),
  );
}

const quote = (text: string): string => JSON.stringify(text.slice(0, 40));
