import 'server-only';

/** What a delivered figure must be divided by to be a fraction. */
export type Scale = 1 | 100;

/** A figure as delivered beside the fractions it could mean, recomputed from counts. */
export interface ScaleRow {
  readonly delivered: number | null;
  readonly candidates: readonly number[];
}

/**
 * What rows say about the unit: `silent` when none can tell the two apart (zero figures, no counts), `conflict` when
 * they contradict each other or mostly fit neither.
 */
export type ScaleFinding = Scale | 'silent' | 'conflict';

/** Delivered figures may be rounded to two decimals. */
const ROUNDING = 0.0051;
const RELATIVE = 0.02;

const fits = ({ delivered, candidates }: ScaleRow, scale: Scale): boolean =>
  delivered !== null &&
  candidates.some(
    (fraction) =>
      Math.abs(delivered - scale * fraction) <= ROUNDING + RELATIVE * Math.abs(scale * fraction),
  );

/** Whether a row says anything: a figure and something other than zero to compare it with. */
const speaks = ({ delivered, candidates }: ScaleRow): boolean =>
  delivered !== null && candidates.some((fraction) => fraction !== 0);

/**
 * The unit of a report's figures is documented nowhere (fact sheet 4.5), so it is shown by the counts: a delivered
 * rate near the recomputed fraction is a fraction, near a hundred times that a percentage. All rows have to agree.
 *
 * Example: delivered 3.3013 beside 412 of 12,480 -> 100; delivered 0.033 -> 1; delivered 0 beside 0 -> 'silent'.
 */
export function findScale(rows: readonly ScaleRow[]): ScaleFinding {
  const telling = rows.filter(speaks);
  const percent = telling.filter((row) => fits(row, 100) && !fits(row, 1)).length;
  const fraction = telling.filter((row) => fits(row, 1) && !fits(row, 100)).length;
  const neither = telling.filter((row) => !fits(row, 1) && !fits(row, 100)).length;
  const votes = percent + fraction;
  if (percent > 0 && fraction > 0) return 'conflict';
  // A few odd rows (ratio goals) do not outweigh the rest; a majority does.
  if (neither > votes) return 'conflict';
  return votes === 0 ? 'silent' : percent > 0 ? 100 : 1;
}

/** The figure as a fraction, or null where the unit is unknown or the row contradicts it: rather none than a wrong one. */
export function toFraction(row: ScaleRow, finding: ScaleFinding): number | null {
  if (row.delivered === null || typeof finding === 'string') return null;
  if (speaks(row) && !fits(row, finding)) return null;
  return row.delivered / finding;
}

/**
 * Reliability has no counts to be compared with: it takes the unit of the rates, and must make sense in it.
 * In percent, a report whose largest reliability is 1 or less may well hold fractions: then none is believed.
 */
export function reliabilityScale(
  delivered: readonly (number | null)[],
  rates: ScaleFinding,
): ScaleFinding {
  const known = delivered.filter((value) => value !== null);
  const largest = Math.max(0, ...known);
  if (known.some((value) => value < 0) || largest > 100) return 'conflict';
  if (rates === 100) return largest > 1 ? 100 : 'conflict';
  if (rates === 1) return largest <= 1 ? 1 : 'conflict';
  return rates;
}
