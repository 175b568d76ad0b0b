import { formatsFor } from '@/lib/core/words/formats';

const { count, percent, signedPercent } = formatsFor('en', 'UTC');

/** Numbers as people read them; a dash where none is defined. Nothing is ever said to be 0 or 100 % sure. */
export const cells = {
  count,
  rate: (value: number | null): string => (value === null ? NONE : exactPercent(value)),
  lift: (value: number | null): string => (value === null ? NONE : signedPercent(value)),
  interval(
    limits: { readonly lower: number | null; readonly upper: number | null } | null,
  ): string {
    if (limits === null) return NONE;
    const lower = limits.lower === null ? 'no limit' : signedPercent(limits.lower);
    const upper = limits.upper === null ? 'no limit' : signedPercent(limits.upper);
    return `${lower} to ${upper}`;
  },
  p(value: number | null): string {
    if (value === null) return NONE;
    if (value < 0.001) return '<0.001';
    return value > 0.999 && value < 1 ? '>0.999' : value.toFixed(3);
  },
  chance(value: number | null): string {
    if (value === null) return NONE;
    if (value > 0.99) return '>99%';
    return value < 0.01 ? '<1%' : percent(value);
  },
  loss: (value: number | null): string =>
    value === null ? NONE : value < 1e-5 ? '<0.001%' : exactPercent(value),
  /** The e-value spans hundreds of orders: its magnitude is enough. */
  e(lnE: number | null): string {
    if (lnE === null) return NONE;
    if (lnE > Math.log(1e6)) return '>1,000,000';
    if (lnE < Math.log(0.001)) return '<0.001';
    const value = Math.exp(lnE);
    return value >= 100 ? count(value) : value.toPrecision(3);
  },
  money: (value: number | null): string => (value === null ? NONE : value.toFixed(2)),
};

export const NONE = '–';

/** Two digits that count, whatever the size: 5.00%, 0.012%. */
function exactPercent(fraction: number): string {
  const value = fraction * 100;
  if (value === 0 || value === 100) return `${value}%`;
  return `${value >= 1 ? value.toFixed(2) : value.toPrecision(2)}%`;
}

/** Columns as wide as their widest cell; the first to the left, the others to the right. */
export function align(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? ''))),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => {
          const blank = ' '.repeat((widths[column] ?? 0) - widthOf(cell));
          return column === 0 ? cell + blank : blank + cell;
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Characters as a terminal counts them, as far as that can be known: marks take no room, wide letters two. */
function widthOf(text: string): number {
  let width = 0;
  for (const sign of text.normalize('NFC'))
    width += /\p{Mark}/u.test(sign)
      ? 0
      : /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f300}-\u{1faff}]/u.test(
            sign,
          )
        ? 2
        : 1;
  return width;
}
