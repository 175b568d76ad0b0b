import { toInvalid } from './api-error';
import { isObject, parseJson, type Row } from '@/lib/sandbox/state/row';

type Test = (value: unknown, parameters: readonly unknown[]) => boolean;

const isIn: Test = (value, parameters) => parameters.some((p) => compare(value, p) === 0);
const ordered =
  (holds: (order: number) => boolean): Test =>
  (value, [limit]) => {
    const order = compare(value, limit);
    return order !== undefined && holds(order);
  };
const isLike: Test = (value, parameters) =>
  parameters.some((p) => toText(value).includes(toText(p).replaceAll('%', '')));
const isBetween: Test = (value, [low, high]) =>
  (compare(value, low) ?? -1) >= 0 && (compare(value, high) ?? 1) <= 0;
const isNull: Test = (value) => value === undefined || value === null;
const isEmpty: Test = (value) =>
  isNull(value, []) || value === '' || (Array.isArray(value) && value.length === 0);
const contains: Test = (value, parameters) =>
  Array.isArray(value) ? value.some((item) => isIn(item, parameters)) : isLike(value, parameters);
const not =
  (test: Test): Test =>
  (value, parameters) =>
    !test(value, parameters);

/** All documented operators. EQUAL with several parameters behaves like IN, as it does live. */
const OPERATORS: Readonly<Record<string, Test>> = {
  EQUAL: isIn,
  IN: isIn,
  NOT_EQUAL: not(isIn),
  NOT_IN: not(isIn),
  NOT: not(isIn),
  LESS: ordered((order) => order < 0),
  GREATER: ordered((order) => order > 0),
  LESS_OR_EQUAL: ordered((order) => order <= 0),
  GREATER_OR_EQUAL: ordered((order) => order >= 0),
  BETWEEN: isBetween,
  LIKE: isLike,
  NOT_LIKE: not(isLike),
  CONTAINS: contains,
  IS_NULL: isNull,
  IS_NOT_NULL: not(isNull),
  IS_TRUE: (value) => value === true,
  IS_FALSE: (value) => value === false,
  IS_EMPTY: isEmpty,
  IS_NOT_EMPTY: not(isEmpty),
};

/** Without parameters: these ask nothing but the field itself. */
const isUnary = (operator: string): boolean => operator.startsWith('IS_');

/**
 * Keeps the rows that pass `filter`, a JSON array of {field, operator, parameters}, all of which
 * must hold. Fields are those any row or `fields` names; another one is refused.
 */
export function filterRows(
  rows: readonly Row[],
  filter: string | undefined,
  fields: ReadonlySet<string>,
): readonly Row[] {
  if (filter === undefined || filter === '') return rows;
  const conditions = parseJson(filter);
  if (!Array.isArray(conditions)) throw toInvalid("'filter': must be a JSON array");
  const tests = conditions.map((condition: unknown, i) => toTest(condition, i, fields));
  return rows.filter((row) => tests.every((test) => test(row)));
}

function toTest(condition: unknown, i: number, fields: ReadonlySet<string>): (row: Row) => boolean {
  if (!isObject(condition)) throw toInvalid(`'filter[${i}]': must be an object`);
  const { field, operator, parameters = [] } = condition;
  const test = typeof operator === 'string' ? OPERATORS[operator.toUpperCase()] : undefined;
  if (typeof field !== 'string' || !fields.has(field)) {
    throw toInvalid(`'filter[${i}].field': unknown field '${String(field)}'`);
  }
  if (typeof operator !== 'string' || test === undefined) {
    throw toInvalid(`'filter[${i}].operator': unknown operator '${String(operator)}'`);
  }
  if (!Array.isArray(parameters) || (parameters.length === 0 && !isUnary(operator.toUpperCase()))) {
    throw toInvalid(`'filter[${i}].parameters': must not be empty`);
  }
  return (row) => test(row[field], parameters);
}

/** Numbers by value, numeric strings too; everything else as text in any case. */
export function compare(a: unknown, b: unknown): number | undefined {
  if (a === undefined || a === null || b === undefined || b === null) return undefined;
  if (typeof a === 'number') {
    const number = typeof b === 'string' && b.trim() === '' ? NaN : Number(b);
    return Number.isNaN(number) ? undefined : Math.sign(a - number);
  }
  const [left, right] = [toText(a), toText(b)];
  return left === right ? 0 : left < right ? -1 : 1;
}

function toText(value: unknown): string {
  return String(value ?? '').toLowerCase();
}
