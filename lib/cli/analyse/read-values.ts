import type { Fault } from '@/lib/cli/analyse/fault';
import { faultAt } from '@/lib/cli/analyse/fault';
import type { Written } from '@/lib/cli/analyse/raw-counts';

const DECIMAL = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;
const THOUSANDS = /^[+-]?\d{1,3}([,.'’_\s\u00a0\u202f]\d{3})+([.,]\d+)?$/;
const DECIMAL_COMMA = /^[+-]?\d+,\d+$/;
const MOMENT =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,3})\d*)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** Reads single values; what is wrong is added to `faults` and gives null, so that all faults are told at once. */
export function createReader(faults: Fault[]) {
  const fail = ({ spot }: Written, message: string): null => {
    faults.push(faultAt(spot, message));
    return null;
  };
  const number = (written: Written): number | null => {
    const { value, isText } = written;
    if (typeof value === 'number') return value;
    const shown = JSON.stringify(value);
    if (!isText || typeof value !== 'string') return fail(written, `must be a number, is ${shown}`);
    if (DECIMAL.test(value)) return Number(value);
    if (THOUSANDS.test(value))
      return fail(written, `${shown} has a thousand separator; write 12000 or 12000.50`);
    if (DECIMAL_COMMA.test(value))
      return fail(written, `${shown} has a decimal comma; write a point: 12000.50`);
    return fail(written, `must be a number, is ${shown}`);
  };
  return {
    fail,
    /** A whole number of at least `least`. */
    count(written: Written, least = 0): number | null {
      const { value, isText } = written;
      // In a cell 1.234 is a thousand in half of Europe: better asked than guessed.
      if (isText && typeof value === 'string' && /^\d{1,3}(\.\d{3})+$/.test(value))
        return fail(written, `"${value}" has a thousand separator; write 12000`);
      const found = number(written);
      if (found === null) return null;
      if (!Number.isInteger(found) || found < least)
        return fail(written, `must be a whole number of at least ${least}, is ${value}`);
      return Number.isSafeInteger(found) ? found : fail(written, `${value} is too large to count`);
    },
    /** A number within limits, ends excluded where said. */
    within(
      written: Written,
      { above, least, below }: { above?: number; least?: number; below?: number },
      hint = '',
    ): number | null {
      const found = number(written);
      if (found === null) return null;
      const isInside =
        Number.isFinite(found) &&
        (above === undefined || found > above) &&
        (least === undefined || found >= least) &&
        (below === undefined || found < below);
      if (isInside) return found;
      const wanted = [
        above === undefined ? '' : `above ${above}`,
        least === undefined ? '' : `at least ${least}`,
        below === undefined ? '' : `below ${below}`,
      ].filter((part) => part !== '');
      return fail(written, `must be ${wanted.join(' and ')}${hint}, is ${written.value}`);
    },
    text(written: Written): string | null {
      const { value } = written;
      if (typeof value !== 'string')
        return fail(written, `must be text, is ${JSON.stringify(value)}`);
      return value.trim() === '' ? fail(written, 'is empty') : value.trim();
    },
    choice<Choice extends string>(written: Written, choices: readonly Choice[]): Choice | null {
      const found = choices.find((choice) => choice === written.value);
      return (
        found ??
        fail(written, `must be one of ${choices.join(', ')}, is ${JSON.stringify(written.value)}`)
      );
    },
    /** Epoch milliseconds of an ISO date or time; without a zone it is UTC. */
    moment(written: Written): number | null {
      const { value } = written;
      const atMs = typeof value === 'string' ? toMomentMs(value.trim()) : null;
      const shown = JSON.stringify(value);
      return (
        atMs ?? fail(written, `must be a date such as 2026-03-02 or 2026-03-02T14:05Z, is ${shown}`)
      );
    },
  };
}

export type Reader = ReturnType<typeof createReader>;

function toMomentMs(text: string): number | null {
  const [, year, month, day, hour = '00', minute = '00', second = '00', rest = '', zone = 'Z'] =
    MOMENT.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return null;
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const isReal = new Date(date).toISOString().startsWith(`${year}-${month}-${day}`);
  if (!isReal) return null;
  const clockMs =
    ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000 +
    Number(rest.padEnd(3, '0'));
  const [sign, hours, minutes] = zone === 'Z' ? [1, 0, 0] : toOffset(zone);
  return date + clockMs - sign * (hours * 60 + minutes) * 60_000;
}

const toOffset = (zone: string): readonly [number, number, number] => [
  zone.startsWith('-') ? -1 : 1,
  Number(zone.slice(1, 3)),
  Number(zone.slice(-2)),
];
