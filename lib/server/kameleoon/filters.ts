import 'server-only';

import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import { toWireId } from '@/lib/server/kameleoon/resources/wire-id';
import type { Filter, Operator, Sort } from '@/lib/server/kameleoon/query';

export type Value = string | number | boolean;
type Ordered = string | number;

/** Conditions of a search, nested as deep as one likes. */
export type Expression =
  | Filter
  | { readonly conditionalOperator: 'AND' | 'OR'; readonly expressions: readonly Expression[] };

/**
 * One condition on a field, by each of the documented operators. Ids given as text (`siteId`, `id`) go as numbers.
 * Throws `invalid-input` for a value that JSON cannot carry, and for a choice among nothing.
 */
export function where(field: string) {
  const filter = (operator: Operator, parameters: readonly Value[] = []): Filter => {
    if (field.trim() === '') throw refuse('a condition needs a field');
    if (parameters.some((value) => typeof value === 'number' && !Number.isFinite(value)))
      throw refuse(`${field} ${operator}: not a finite number`);
    return { field, operator, parameters: parameters.map((value) => toParameter(field, value)) };
  };
  const among = (operator: Operator, values: readonly Value[]): Filter => {
    if (values.length === 0) throw refuse(`${field} ${operator}: needs at least one value`);
    return filter(operator, values);
  };
  return {
    /** Of several values, any. */
    equal: (...values: readonly [Value, ...Value[]]) => filter('EQUAL', values),
    notEqual: (value: Value) => filter('NOT_EQUAL', [value]),
    less: (value: Ordered) => filter('LESS', [value]),
    greater: (value: Ordered) => filter('GREATER', [value]),
    lessOrEqual: (value: Ordered) => filter('LESS_OR_EQUAL', [value]),
    greaterOrEqual: (value: Ordered) => filter('GREATER_OR_EQUAL', [value]),
    like: (text: string) => filter('LIKE', [text]),
    notLike: (text: string) => filter('NOT_LIKE', [text]),
    /** Both ends included. */
    between: (from: Ordered, to: Ordered) => filter('BETWEEN', [from, to]),
    in: (values: readonly Value[]) => among('IN', values),
    notIn: (values: readonly Value[]) => among('NOT_IN', values),
    not: (value: Value) => filter('NOT', [value]),
    isNull: () => filter('IS_NULL'),
    isNotNull: () => filter('IS_NOT_NULL'),
    isTrue: () => filter('IS_TRUE'),
    isFalse: () => filter('IS_FALSE'),
    isEmpty: () => filter('IS_EMPTY'),
    isNotEmpty: () => filter('IS_NOT_EMPTY'),
    contains: (value: Value) => filter('CONTAINS', [value]),
  };
}

export const by = (field: string, direction: Sort['direction'] = 'ASC'): Sort => ({
  field,
  direction,
});

/** All of them hold. */
export const and = (...expressions: readonly [Expression, ...Expression[]]): Expression => ({
  conditionalOperator: 'AND',
  expressions,
});

/** Any of them holds. */
export const or = (...expressions: readonly [Expression, ...Expression[]]): Expression => ({
  conditionalOperator: 'OR',
  expressions,
});

/** As the query of a list carries it; percent-encoded with the rest of the address. */
export const encodeFilter = (filters: readonly Filter[]): string => JSON.stringify(filters);
export const encodeSort = (sort: readonly Sort[]): string => JSON.stringify(sort);

/** `id`, `siteId`: a number on the wire. `name` may be made of digits and stay text. */
const toParameter = (field: string, value: Value): Value =>
  typeof value === 'string' && /(^id|Id)$/.test(field) && /^\d+$/.test(value)
    ? toWireId(value, field)
    : value;

const refuse = (what: string): ProblemError =>
  new ProblemError(toProblem('invalid-input', what, { field: 'filter' }));
