import 'server-only';

import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import { toWireId } from '@/lib/server/kameleoon/resources/wire-id';

const ID_FIELDS: ReadonlySet<string> = new Set([
  'siteId',
  'experimentId',
  'mainGoalId',
  'targetingSegmentId',
]);
const ID_LISTS: ReadonlySet<string> = new Set(['goals', 'variations']);

/** Named fields as the API takes them: ids as numbers, the rest as it is, nothing for what is undefined. */
export function toWireFields(fields: object): Record<string, unknown> {
  const named = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(named.map(([field, value]) => [field, toWireValue(field, value)]));
}

function toWireValue(field: string, value: unknown): unknown {
  if (ID_FIELDS.has(field) && typeof value === 'string') return toWireId(value, field);
  if (ID_LISTS.has(field) && Array.isArray(value))
    return value.map((id) => toWireId(String(id), field));
  return value;
}

/** The same, where nothing named would be a request for nothing. */
export function toChange(what: string, fields: object): Record<string, unknown> {
  const change = toWireFields(fields);
  if (Object.keys(change).length > 0) return change;
  throw new ProblemError(toProblem('invalid-input', `${what}: no field to change was given`));
}
