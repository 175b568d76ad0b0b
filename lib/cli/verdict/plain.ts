/**
 * What must not reach a terminal from outside: control characters (ESC, CR, BEL, backspace, the 8-bit ones), line and
 * paragraph separators, direction marks, and letters that show nothing.
 */
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]+/gu;

/** A name or sentence from upstream on one line, with nothing in it that a terminal would obey. */
export const plain = (text: string): string =>
  text.replace(UNSAFE, ' ').replace(/\s+/gu, ' ').trim();

/** Whole output of ours: the same, but lines stay lines and blanks stay. The last door before the terminal. */
export const plainLines = (text: string): string => text.split('\n').map(withoutUnsafe).join('\n');

const withoutUnsafe = (line: string): string => line.replace(UNSAFE, '');

/** JSON that a terminal does not obey either, and that reads back as exactly what it was. */
export const toSafeJson = (value: unknown, indent = 2): string =>
  JSON.stringify(value, null, indent).replace(UNSAFE, (run) =>
    Array.from({ length: run.length }, (_, at) =>
      run[at] === '\n' ? '\n' : `\\u${run.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
