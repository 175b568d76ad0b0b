import type { Tolerance } from '@/lib/cli/vectors/tolerance';

export interface Held {
  /** Largest of min(absolute, relative) over the numbers compared; infinite where one was missing or no number. */
  readonly deviation: number;
  /** One sentence for each value that did not pass. */
  readonly faults: readonly string[];
}

export interface Quotation {
  /** The figure as a source prints it; where it equals what is expected, that is rounded to its last digit. */
  readonly printed: unknown;
}

/**
 * Holds a value (number, null, text, list or object of them) to what is expected. Null must come out as null, text and
 * truth as themselves, and every expected field must be there; fields nobody expects are no fault.
 */
export function hold(
  actual: unknown,
  expected: unknown,
  toleranceFor: (field: string) => Tolerance,
  name = '',
  quotation: Quotation | null = null,
  field = name,
): Held {
  const inner = (key: string | number): Quotation | null =>
    quotation === null ? null : { printed: memberOf(quotation.printed, key) };
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length)
      return miss(name, actual, expected);
    return merge(
      expected.map((value, i) =>
        hold(actual[i], value, toleranceFor, `${name}[${i}]`, inner(i), field),
      ),
    );
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null) return miss(name, actual, expected);
    return merge(
      Object.entries(expected).map(([key, value]) => {
        const path = name === '' ? key : `${name}.${key}`;
        return Object.hasOwn(actual, key)
          ? hold(memberOf(actual, key), value, toleranceFor, path, inner(key), key)
          : { deviation: Infinity, faults: [`${path} is not something we compute`] };
      }),
    );
  }
  if (typeof expected === 'number') {
    return typeof actual === 'number'
      ? number(actual, expected, toleranceFor(field), name, quotation)
      : miss(name, actual, expected);
  }
  return actual === expected ? { deviation: 0, faults: [] } : miss(name, actual, expected);
}

function number(
  actual: number,
  expected: number,
  { abs, rel, exact }: Tolerance,
  name: string,
  quotation: Quotation | null,
): Held {
  if (!Number.isFinite(actual)) return miss(name, actual, expected);
  const off = Math.abs(actual - expected);
  const deviation = expected === 0 ? off : Math.min(off, off / Math.abs(expected));
  const isWithin = exact === true ? off === 0 : off <= abs || off <= rel * Math.abs(expected);
  if (isWithin) return { deviation, faults: [] };
  if (quotation?.printed === expected && roundsTo(actual, expected))
    return { deviation: 0, faults: [] };
  return { deviation, faults: [`${name}: ${actual} instead of ${expected}`] };
}

/**
 * Whether a value, rounded to the digits that a printed figure shows, is that figure: 0.000802 is printed as 0.0008.
 * Whole numbers are never taken for rounded ones.
 */
export function roundsTo(actual: number, printed: number): boolean {
  const [mantissa = '', exponent = '0'] = String(printed).split('e');
  const decimals = (mantissa.split('.')[1]?.length ?? 0) - Number(exponent);
  if (Number.isInteger(printed) || decimals < 1 || decimals > 100) return false;
  return Number(actual.toFixed(Math.min(100, decimals))) === printed;
}

const merge = (parts: readonly Held[]): Held => ({
  deviation: parts.reduce((largest, part) => Math.max(largest, part.deviation), 0),
  faults: parts.flatMap((part) => part.faults),
});

const miss = (name: string, actual: unknown, expected: unknown): Held => ({
  deviation: Infinity,
  faults: [`${name}: ${say(actual)} instead of ${say(expected)}`],
});

const say = (value: unknown): string =>
  typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? 'nothing').slice(0, 120);

const memberOf = (value: unknown, key: string | number): unknown =>
  typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string | number, unknown>>)[key]
    : undefined;
