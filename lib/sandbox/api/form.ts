import type { Row } from '@/lib/sandbox/state/row';
import type { Checks } from './checks';

/** Checks a value that is set and gives what to keep of it; undefined after a fault was told. */
export type Rule = (value: unknown, path: string, checks: Checks) => unknown;

/** The fields of an object a client may write; whatever else it sends is passed over. */
export interface Form {
  readonly rules: Readonly<Record<string, Rule>>;
  /** Never null; in a whole object always there. */
  readonly mandatory: readonly string[];
}

/**
 * The writable fields of a body, checked, in the order of the form. A null stays null where it is allowed.
 * `part`: what is not sent is left out. `whole`: mandatory fields must be there.
 */
export function readFields(
  body: Row,
  { rules, mandatory }: Form,
  checks: Checks,
  extent: 'part' | 'whole',
): Row {
  const kept: [string, unknown][] = [];
  for (const [field, rule] of Object.entries(rules)) {
    const value = Object.hasOwn(body, field) ? body[field] : undefined;
    const isMandatory = mandatory.includes(field);
    if (value === null && !isMandatory) kept.push([field, null]);
    else if (value === undefined ? isMandatory && extent === 'whole' : value === null) {
      checks.fault(field, 'must not be null');
    } else if (value !== undefined) {
      const checked = rule(value, field, checks);
      if (checked !== undefined) kept.push([field, checked]);
    }
  }
  return Object.fromEntries(kept);
}

export const anything: Rule = (value) => value;

/** Any text, the empty one too. */
export const text: Rule = (value, path, checks) => {
  if (typeof value === 'string') return value;
  checks.fault(path, 'must be a text');
  return undefined;
};

export const filledText: Rule = (value, path, checks) =>
  checks.isText(value, path) ? value : undefined;

export const flag: Rule = (value, path, checks) => (checks.isFlag(value, path) ? value : undefined);

export const oneOf =
  (...words: readonly string[]): Rule =>
  (value, path, checks) =>
    checks.isOneOf(value, path, words) ? value : undefined;

/** Whole numbers; a text that is one becomes one. */
export const whole =
  (least = -Number.MAX_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER): Rule =>
  (value, path, checks) => {
    const number = typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isSafeInteger(number))
      checks.fault(path, 'must be a whole number');
    else if (number < least) checks.fault(path, `must be greater than or equal to ${least}`);
    else if (number > most) checks.fault(path, `must be less than or equal to ${most}`);
    else return number;
    return undefined;
  };

export const id = whole(0);

export const listOf =
  (rule: Rule): Rule =>
  (value, path, checks) => {
    if (!checks.isList(value, path)) return undefined;
    return value.map((item, i) => {
      if (checks.isThere(item, `${path}[${i}]`)) return rule(item, `${path}[${i}]`, checks);
      return undefined;
    });
  };

/** Ids, each once. */
export const ids: Rule = (value, path, checks) => {
  const list = listOf(id)(value, path, checks);
  return Array.isArray(list) ? [...new Set(list as readonly unknown[])] : undefined;
};

/** An object kept as sent, of which `rules` know some fields; those may be null. */
export const record =
  (rules: Readonly<Record<string, Rule>> = {}): Rule =>
  (value, path, checks) => {
    if (!checks.isRecord(value, path)) return undefined;
    for (const [field, rule] of Object.entries(rules)) {
      const inner = Object.hasOwn(value, field) ? value[field] : undefined;
      if (inner !== undefined && inner !== null) rule(inner, `${path}.${field}`, checks);
    }
    return value;
  };
