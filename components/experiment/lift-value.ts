import type { PlotValue } from '@/components/charts/plot-data';
import type { Interval } from '@/lib/core/analysis/reason';

/** A lift is never shown without its interval: null where one of them is missing. */
export const toLiftValue = ({
  lift,
  liftInterval,
}: {
  readonly lift: number | null;
  readonly liftInterval: Interval | null;
}): PlotValue | null =>
  lift === null || liftInterval === null ? null : { value: lift, interval: liftInterval };
