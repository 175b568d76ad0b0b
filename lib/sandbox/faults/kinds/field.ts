/** One setting of a fault: what it may be, and what it is when nobody says. */
export interface Field<Value> {
  readonly otherwise: Value;
  /** What the value would have to be; undefined when it is fit. */
  faultOf(value: unknown): string | undefined;
}

/** A number within limits. */
export function amount(otherwise: number, least: number, most: number): Field<number> {
  return {
    otherwise,
    faultOf: (value) =>
      typeof value === 'number' && value >= least && value <= most
        ? undefined
        : `must be a number from ${least} to ${most}`,
  };
}

/** A whole number within limits. */
export function whole(otherwise: number, least: number, most: number): Field<number> {
  return {
    otherwise,
    faultOf: (value) =>
      Number.isInteger(value) && Number(value) >= least && Number(value) <= most
        ? undefined
        : `must be a whole number from ${least} to ${most}`,
  };
}

/** An HTTP status whose answers have a body. */
export function status(otherwise: number, least: number): Field<number> {
  const { faultOf } = whole(otherwise, least, 599);
  return {
    otherwise,
    faultOf: (value) =>
      [204, 205, 304].includes(Number(value)) ? 'must be a status with a body' : faultOf(value),
  };
}

/** One of a few words; the first when nobody says. */
export function oneOf<const Word extends string | number>(
  first: Word,
  ...more: Word[]
): Field<Word> {
  const words: readonly unknown[] = [first, ...more];
  return {
    otherwise: first,
    faultOf: (value) => (words.includes(value) ? undefined : `must be one of ${words.join(', ')}`),
  };
}

/** A short text that may stand in a header. */
export function headerText(otherwise: string): Field<string> {
  return {
    otherwise,
    faultOf: (value) =>
      typeof value === 'string' && /^[\x20-\x7e]{1,100}$/.test(value)
        ? undefined
        : 'must be 1 to 100 printable characters',
  };
}

/** Which requests there are to strike. */
export const REQUEST_CLASSES = ['token', 'lists', 'objects', 'results', 'poll'] as const;
export type RequestClass = (typeof REQUEST_CLASSES)[number];
export type On = 'all' | RequestClass;

/** A kind of fault as data. */
export interface KindRow<Fields> {
  readonly fields: Fields;
  /** Which requests it strikes when nobody says. */
  readonly on: On;
  /** `free`: any aim. `placed`: only those of `on`. `whole`: the server as such, no aim at all. */
  readonly aim: 'free' | 'placed' | 'whole';
}

export function toKind<Fields>(
  fields: Fields,
  on: On = 'all',
  aim: KindRow<Fields>['aim'] = 'free',
): KindRow<Fields> {
  return { fields, on, aim };
}
