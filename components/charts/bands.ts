import type { Domain, PlotInterval, PlotRow } from '@/components/charts/plot-data';

type Span = readonly [low: number, high: number];

export interface BandSpans {
  readonly open: Span | null;
  readonly firm: Span | null;
}

/**
 * The band of one series as spans that can be drawn: an end without limit runs far out of the picture (and fades at its
 * edge), and from the call on the band is firm. The look of the call belongs to both parts, so that they meet.
 */
export function toBands(
  rows: readonly PlotRow[],
  selected: number,
  values: Domain,
  firmFromMs: number | null,
): ReadonlyMap<PlotRow, BandSpans> {
  const firmFrom = firmFromMs === null ? -1 : rows.findIndex((row) => row.atMs >= firmFromMs);
  const bands = new Map<PlotRow, BandSpans>();
  rows.forEach((row, at) => {
    const span = toSpan(row.values[selected]?.interval ?? null, values);
    bands.set(row, {
      open: firmFrom === -1 || at <= firmFrom ? span : null,
      firm: firmFrom !== -1 && at >= firmFrom ? span : null,
    });
  });
  return bands;
}

function toSpan(interval: PlotInterval | null, [low, high]: Domain): Span | null {
  if (interval === null) return null;
  const far = 2 * (high - low);
  return [interval.lower ?? low - far, interval.upper ?? high + far];
}
