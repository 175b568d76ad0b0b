import { toInvalid } from '@/lib/sandbox/api/api-error';
import { toShown } from '@/lib/sandbox/api/shown';
import { isObject, parseJson, type Row } from '@/lib/sandbox/state/row';
import type { Fields } from './fields';
import { OPERATORS } from './operators';

export type RowTest = (row: Row) => boolean;

/** More conditions than this are a mistake, not a question. */
const MOST_CONDITIONS = 1_000;
/** How deep groups of conditions may lie in one another. */
const MOST_LEVELS = 50;

/** `filter` of a GET: a JSON array of {field, operator, parameters}, all of which must hold. */
export function parseFilter(text: string, fields: Fields): RowTest {
  const conditions = parseJson(text);
  if (!Array.isArray(conditions)) throw toInvalid("'filter': must be a JSON array");
  if (conditions.length > MOST_CONDITIONS) throw tooMany();
  return every(conditions.map((one: unknown, i) => toTest(one, `filter[${i}]`, fields)));
}

/**
 * `filter` of a search: one object, either a condition or {conditionalOperator: AND|OR, expressions} whose members are
 * such objects again. An empty object asks for everything.
 */
export function toSearchTest(filter: unknown, fields: Fields): RowTest {
  if (!isObject(filter)) throw toInvalid("'filter': must be an object");
  if (Object.keys(filter).length === 0) return () => true;
  let conditions = 0;

  function toExpression(value: unknown, path: string, level: number): RowTest {
    if (!isObject(value)) throw toInvalid(`'${path}': must be an object`);
    if ((conditions += 1) > MOST_CONDITIONS) throw tooMany();
    const { conditionalOperator, expressions } = value;
    if (conditionalOperator === undefined && expressions === undefined)
      return toTest(value, path, fields);
    if (level > MOST_LEVELS)
      throw toInvalid(`'filter': expressions are nested deeper than ${MOST_LEVELS} levels`);
    const way = toWord(conditionalOperator);
    if (way !== 'AND' && way !== 'OR')
      throw toInvalid(`'${path}.conditionalOperator': must be AND or OR`);
    if (!Array.isArray(expressions) || expressions.length === 0)
      throw toInvalid(`'${path}.expressions': must not be empty`);
    const tests = expressions.map((one: unknown, i) =>
      toExpression(one, `${path}.expressions[${i}]`, level + 1),
    );
    return way === 'AND' ? every(tests) : (row) => tests.some((test) => test(row));
  }
  return toExpression(filter, 'filter', 1);
}

function toTest(condition: unknown, path: string, fields: Fields): RowTest {
  if (!isObject(condition)) throw toInvalid(`'${path}': must be an object`);
  const { field, operator, parameters } = condition;
  if (typeof field !== 'string' || !fields.has(field))
    throw toInvalid(`'${path}.field': unknown field '${toShown(field)}'`);
  const found = OPERATORS.get(toWord(operator));
  if (found === undefined)
    throw toInvalid(`'${path}.operator': unknown operator '${toShown(operator)}'`);
  const given: unknown = parameters ?? [];
  if (!Array.isArray(given)) throw toInvalid(`'${path}.parameters': must be an array`);
  if (given.length < found.least) {
    const fault = given.length === 0 ? 'must not be empty' : `size must be at least ${found.least}`;
    throw toInvalid(`'${path}.parameters': ${fault}`);
  }
  const test = found.prepare(given);
  return (row) => test(row[field]);
}

const every =
  (tests: readonly RowTest[]): RowTest =>
  (row) =>
    tests.every((test) => test(row));

const toWord = (value: unknown): string => (typeof value === 'string' ? value.toUpperCase() : '');

const tooMany = () => toInvalid(`'filter': more than ${MOST_CONDITIONS} conditions`);
