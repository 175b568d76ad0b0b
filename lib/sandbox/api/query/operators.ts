import { isObject } from '@/lib/sandbox/state/row';
import { compare, isMissing, toDateMs, toNumber, toText } from './compare';

export type ValueTest = (value: unknown) => boolean;

export interface Operator {
  /** How many parameters it cannot do without. */
  readonly least: 0 | 1 | 2;
  /** What is the same for all rows is done once, here. */
  readonly prepare: (parameters: readonly unknown[]) => ValueTest;
}

const some = (prepare: Operator['prepare']): Operator => ({ least: 1, prepare });
const none = (prepare: Operator['prepare']): Operator => ({
  least: 1,
  prepare: (parameters) => not(prepare(parameters)),
});
const bare = (test: ValueTest): Operator => ({ least: 0, prepare: () => test });
const ordered = (holds: (order: number) => boolean): Operator =>
  some(([limit]) => (value) => {
    const order = compare(value, limit);
    return order !== undefined && holds(order);
  });
const not =
  (test: ValueTest): ValueTest =>
  (value) =>
    !test(value);

/** All documented operators. EQUAL with several parameters behaves like IN, as it does live. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ['EQUAL', some(isIn)],
  ['IN', some(isIn)],
  ['NOT_EQUAL', none(isIn)],
  ['NOT_IN', none(isIn)],
  ['NOT', none(isIn)],
  ['LESS', ordered((order) => order < 0)],
  ['GREATER', ordered((order) => order > 0)],
  ['LESS_OR_EQUAL', ordered((order) => order <= 0)],
  ['GREATER_OR_EQUAL', ordered((order) => order >= 0)],
  ['BETWEEN', { least: 2, prepare: isBetween }],
  ['LIKE', some(isLike)],
  ['NOT_LIKE', none(isLike)],
  ['CONTAINS', some(contains)],
  ['IS_NULL', bare(isMissing)],
  ['IS_NOT_NULL', bare(not(isMissing))],
  ['IS_TRUE', bare((value) => value === true)],
  ['IS_FALSE', bare((value) => value === false)],
  ['IS_EMPTY', bare(isEmpty)],
  ['IS_NOT_EMPTY', bare(not(isEmpty))],
]);

/** Equal, by `compare`, to one of the parameters; an array when one of its items is. A missing field equals nothing. */
function isIn(parameters: readonly unknown[]): ValueTest {
  const known = parameters.filter((parameter) => !isMissing(parameter));
  const numbers = new Set(known.map(toNumber));
  const typedNumbers = new Set(known.filter((parameter) => typeof parameter === 'number'));
  const words = known.filter((parameter) => !['number', 'object'].includes(typeof parameter));
  const texts = new Set(words.map(toText));
  const dates = new Set(words.map(toDateMs));
  const test: ValueTest = (value) => {
    if (isMissing(value)) return false;
    if (Array.isArray(value)) return value.some((item) => !Array.isArray(item) && test(item));
    if (typeof value === 'object') return false;
    if (typeof value === 'number') return numbers.has(value);
    if (texts.has(toText(value))) return true;
    const [number, dateMs] = [toNumber(value), toDateMs(value)];
    return (
      (number !== undefined && typedNumbers.has(number)) ||
      (dateMs !== undefined && dates.has(dateMs))
    );
  };
  return test;
}

function isBetween([low, high]: readonly unknown[]): ValueTest {
  return (value) => (compare(value, low) ?? -1) >= 0 && (compare(value, high) ?? 1) <= 0;
}

/** A part of the text; with `%`, which stands for anything, the whole of it. */
function isLike(parameters: readonly unknown[]): ValueTest {
  const patterns = parameters.filter((parameter) => !isMissing(parameter)).map(toText);
  return onText((text) =>
    patterns.some((pattern) =>
      pattern.includes('%') ? isLikePattern(text, pattern.split('%')) : text.includes(pattern),
    ),
  );
}

function isLikePattern(text: string, parts: readonly string[]): boolean {
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

/** An array that holds one of the parameters, or a text of which one is a part. */
function contains(parameters: readonly unknown[]): ValueTest {
  const isItem = isIn(parameters);
  const parts = parameters.filter((parameter) => !isMissing(parameter)).map(toText);
  const isPart = onText((text) => parts.some((part) => text.includes(part)));
  return (value) => (Array.isArray(value) ? isItem(value) : isPart(value));
}

/** Missing fields and objects have no text to look into; of an array any item may do. */
function onText(test: (text: string) => boolean): ValueTest {
  return (value) => {
    if (Array.isArray(value)) return value.some((item) => hasText(item) && test(toText(item)));
    return hasText(value) && test(toText(value));
  };
}

const hasText = (value: unknown): boolean => !isMissing(value) && typeof value !== 'object';

function isEmpty(value: unknown): boolean {
  if (isMissing(value) || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}
