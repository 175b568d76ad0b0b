/**
 * Comma-separated values after RFC 4180 that no spreadsheet takes for formulas. Text is text whatever it begins with;
 * numbers stay numbers: a dot, no thousands separators, all their digits.
 */
export type CsvCell = string | number | null;

/** Excel takes a file without it for the machine's own code page. */
const BYTE_ORDER_MARK = '\ufeff';
const LINE_END = '\r\n';

/** What begins a formula in some spreadsheet, full-width twins included, which some fold to the plain ones. */
const STARTERS = '=+\\-@\u2212\uff1d\uff0b\uff0d\uff20';
/** Passed over before a formula: spaces, invisible characters, quotes. */
const PASSED = '[\\s\\p{Cf}"\'\uff02\uff07]*';
const FORMULA = new RegExp(`^${PASSED}[${STARTERS}]`, 'u');
/** A reader of another locale splits at other separators, quotes or not: then a formula may begin there. */
const LATER_FORMULA = new RegExp(`([;,|])(?=${PASSED}[${STARTERS}])`, 'gu');
/** Control characters: tabs and line ends begin cells and rows elsewhere, the rest is nothing to read. */
const CONTROLS = /\p{Cc}+/gu;

/** The first row names the columns. */
export const toCsv = (head: readonly string[], rows: readonly (readonly CsvCell[])[]): string =>
  BYTE_ORDER_MARK + [head, ...rows].map((row) => row.map(toCell).join(',') + LINE_END).join('');

function toCell(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? toDigits(cell) : '';
  return `"${toHarmlessText(cell).replaceAll('"', '""')}"`;
}

/**
 * The same text to the eye, but no formula: an apostrophe stands before what would begin one, here or after a
 * separator. Example: `=1+1` becomes `'=1+1`, and `a;=1+1` becomes `a;'=1+1`.
 */
export function toHarmlessText(text: string): string {
  const oneLine = text.replace(CONTROLS, ' ');
  const inside = oneLine.replace(LATER_FORMULA, "$1'");
  return FORMULA.test(inside) ? `'${inside}` : inside;
}

/**
 * The fifteen digits that every spreadsheet keeps, without the noise of arithmetic behind them. `1e-7` is a number to
 * programs and a text to some spreadsheets: no exponent.
 */
function toDigits(exact: number): string {
  const n = Number(exact.toPrecision(15));
  const text = String(n);
  if (!/e/i.test(text)) return text;
  return Number.isInteger(n) ? BigInt(n).toString() : n.toFixed(20).replace(/0+$/, '');
}
