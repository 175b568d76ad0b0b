const SEGMENTS = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** East Asian wide and full-width letters. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}]/u;
/** Shown as a picture: of its own nature, or because a variation selector asks for it. */
const PICTURE = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|\p{Regional_Indicator}{2}/u;
const INVISIBLE = /^[\p{Mark}\p{Cf}]*$/u;

/** Columns that a text takes in a terminal, as far as that can be known without one. */
export function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of SEGMENTS.segment(text))
    width += INVISIBLE.test(segment) ? 0 : PICTURE.test(segment) || WIDE.test(segment) ? 2 : 1;
  return width;
}

/** The beginning of a text that fits, with an ellipsis where something was cut. */
export function cutTo(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let kept = '';
  let width = 0;
  for (const { segment } of SEGMENTS.segment(text)) {
    width += widthOf(segment);
    if (width > columns - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** A column of a table. */
export interface Column {
  readonly title: string;
  readonly isNumber?: boolean;
  /** Cells longer than this are cut. */
  readonly most?: number;
}

/** Rows under their titles, each column as wide as its widest cell: text to the left, numbers to the right. */
export function toTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const cells = [columns.map(({ title }) => title), ...rows].map((row) =>
    columns.map(({ most = 48 }, at) => cutTo(row[at] ?? '', most)),
  );
  const widths = columns.map((_, at) => Math.max(...cells.map((row) => widthOf(row[at] ?? ''))));
  return cells
    .map((row) =>
      row
        .map((cell, at) => {
          const blank = ' '.repeat((widths[at] ?? 0) - widthOf(cell));
          return columns[at]?.isNumber === true ? blank + cell : cell + blank;
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
