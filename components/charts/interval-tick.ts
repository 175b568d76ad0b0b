import type { Figures } from '@/components/charts/figures';
import type { IntervalScale } from '@/components/charts/interval-scale';
import { tickDecimals } from '@/components/charts/ticks';

/** Labels of a scale of lifts: signed, with as many decimals as its steps need; zero without any. */
export function intervalTick({ ticks }: IntervalScale, figures: Figures): (lift: number) => string {
  const decimals = tickDecimals(ticks);
  return (lift) => (lift === 0 ? '0' : figures.changeTick(lift, decimals));
}
