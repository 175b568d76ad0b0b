import { isObject, type Row } from '@/lib/sandbox/state/row';
import { toInvalid } from './api-error';
import { toShown } from './shown';

/**
 * Collects what is wrong with a body, in the live API's words, so that one answer names all of it. Each check answers
 * whether the value is fit; `isSet` values only: absent and null are both "not there".
 */
export interface Checks {
  fault(path: string, words: string): false;
  isThere(value: unknown, path: string): boolean;
  isFlag(value: unknown, path: string): value is boolean;
  /** A text with something in it. */
  isText(value: unknown, path: string): value is string;
  /** One of a few words, as they are written. */
  isOneOf<Word extends string>(value: unknown, path: string, words: readonly Word[]): value is Word;
  /** A number, or a text that is one, from `least` up. */
  isNumber(value: unknown, path: string, least?: number): boolean;
  isRecord(value: unknown, path: string): value is Row;
  isList(value: unknown, path: string): value is readonly unknown[];
  isTextList(value: unknown, path: string): value is readonly string[];
  /** Throws the 400 if anything was wrong. */
  done(): void;
}

export const isSet = (value: unknown): boolean => value !== undefined && value !== null;

export function createChecks(): Checks {
  const faults: string[] = [];
  const fault = (path: string, words: string): false => {
    faults.push(`'${path}': ${words}`);
    return false;
  };
  const isThere = (value: unknown, path: string): boolean =>
    isSet(value) || fault(path, 'must not be null');
  const isList = (value: unknown, path: string): value is readonly unknown[] =>
    isThere(value, path) && (Array.isArray(value) || fault(path, 'must be an array'));

  return {
    fault,
    isThere,
    isList,
    isFlag: (value, path): value is boolean =>
      isThere(value, path) && (typeof value === 'boolean' || fault(path, 'must be true or false')),
    isText: (value, path): value is string => {
      if (!isThere(value, path)) return false;
      if (typeof value !== 'string') return fault(path, 'must be a text');
      return value.trim() !== '' || fault(path, 'must not be empty');
    },
    isOneOf: <Word extends string>(
      value: unknown,
      path: string,
      words: readonly Word[],
    ): value is Word =>
      isThere(value, path) &&
      (words.some((word) => word === value) ||
        fault(path, `unknown value '${toShown(value)}', must be one of ${words.join(', ')}`)),
    isNumber: (value, path, least = -Infinity) => {
      if (!isThere(value, path)) return false;
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      if (typeof number !== 'number' || !Number.isFinite(number))
        return fault(path, 'must be a number');
      return number >= least || fault(path, `must be greater than or equal to ${least}`);
    },
    isRecord: (value, path): value is Row =>
      isThere(value, path) && (isObject(value) || fault(path, 'must be an object')),
    isTextList: (value, path): value is readonly string[] =>
      isList(value, path) &&
      (value.every((item) => typeof item === 'string') || fault(path, 'must hold texts only')),
    done: () => {
      if (faults.length > 0) throw toInvalid(...faults);
    },
  };
}
