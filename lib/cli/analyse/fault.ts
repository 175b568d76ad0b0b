/** Where something stands in the input: lines and columns count from 1; `field` is a path (`arms[1].visitors`) or an option. */
export interface Spot {
  readonly line: number | null;
  readonly column: number | null;
  readonly field: string;
}

/** One thing that is wrong with the input, with its fix. */
export interface Fault extends Spot {
  readonly message: string;
}

export const faultAt = (spot: Spot, message: string): Fault => ({ ...spot, message });

/** Example: `line 3, column 18, arms[1].visitors: must be a whole number of at least 0, is -4`. */
export function describeFault({ line, column, field, message }: Fault): string {
  const where = [
    line === null ? '' : `line ${line}`,
    column === null ? '' : `column ${column}`,
    field,
  ].filter((part) => part !== '');
  return where.length === 0 ? message : `${where.join(', ')}: ${message}`;
}

/** Input that cannot be read at all, at one place. */
export class UnreadableInput extends Error {
  constructor(readonly fault: Fault) {
    super(fault.message);
  }
}
