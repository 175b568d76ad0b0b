/**
 * How a field's value stands to a parameter: -1, 0, 1, or undefined where the two cannot be compared. Numbers and
 * numeric strings by value whichever side is which, dates in time, everything else as text in any case.
 */
export function compare(value: unknown, parameter: unknown): number | undefined {
  if (isMissing(value) || isMissing(parameter)) return undefined;
  if (typeof value === 'number' || typeof parameter === 'number') {
    return orderOf(toNumber(value), toNumber(parameter));
  }
  if (typeof value === 'object' || typeof parameter === 'object') return undefined;
  const valueMs = toDateMs(value);
  const parameterMs = valueMs === undefined ? undefined : toDateMs(parameter);
  if (parameterMs !== undefined) return orderOf(valueMs, parameterMs);
  return orderOf(toText(value), toText(parameter));
}

export function isMissing(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

/** In any case: clients write STOPPED where the API writes stopped. Objects have no text. */
export function toText(value: unknown): string {
  return isMissing(value) || typeof value === 'object' ? '' : String(value).toLowerCase();
}

const NUMBER = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;

export function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !NUMBER.test(value.trim())) return undefined;
  return Number(value);
}

const DATE = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?)?(Z|[+-]\d\d:?\d\d)?$/;

/** Epoch ms of an ISO date; without a zone it is UTC. */
export function toDateMs(value: unknown): number | undefined {
  if (typeof value !== 'string' || value.length > 40) return undefined;
  const match = DATE.exec(value);
  if (match === null) return undefined;
  const isZoned = match[4] !== undefined || match[1] === undefined;
  const ms = Date.parse(isZoned ? value : `${value}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}

export function orderOf<Value extends number | string>(
  a: Value | undefined,
  b: Value | undefined,
): number | undefined {
  if (a === undefined || b === undefined) return undefined;
  return a < b ? -1 : a > b ? 1 : 0;
}
