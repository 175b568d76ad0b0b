import type { Domain } from '@/components/charts/plot-data';

const DAY_MS = 86_400_000;

/** Steps that people count in: 1, 2, 2.5, 5, 10, ... of the smallest that is asked for. */
function* roundSteps(smallest: number): Generator<number> {
  for (let power = 0; ; power += 1)
    for (const lead of [1, 2, 2.5, 5]) yield lead * smallest * 10 ** power;
}

/**
 * Round values inside a domain, zero among them when the domain holds it: the finest step with at most `most` of them.
 * Example: [-0.25, 0.55] gives -0.2, 0, 0.2, 0.4.
 */
export function roundTicks([low, high]: Domain, most = 4, smallest = 0.0001): readonly number[] {
  for (const step of roundSteps(smallest)) {
    const first = Math.ceil(low / step - 1e-9);
    const last = Math.floor(high / step + 1e-9);
    if (last - first + 1 > most) continue;
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) =>
      Number(((first + at) * step).toPrecision(12)),
    );
  }
  return [];
}

/** At most four gridlines; five where four would leave fewer than three to read by. */
export function gridTicks(domain: Domain): readonly number[] {
  const ticks = roundTicks(domain, 4);
  return ticks.length < 3 ? roundTicks(domain, 5) : ticks;
}

/** Decimals that tell neighbouring percent ticks apart: 0 for 20 %, 1 for 0.5 %, 2 for 0.05 %. */
export function tickDecimals(ticks: readonly number[]): number {
  const step = Math.abs((ticks[1] ?? 1) - (ticks[0] ?? 0)) * 100;
  for (let decimals = 0; decimals < 4; decimals += 1)
    if (Math.abs(step * 10 ** decimals - Math.round(step * 10 ** decimals)) < 1e-6) return decimals;
  return 4;
}

export interface DayTick {
  readonly atMs: number;
  /** Whole days since launch; 0 is the launch. */
  readonly day: number;
}

/** Launch and every week after it; long runs count in 2, 4, 8 weeks so that at most five labels stand. */
export function weekTicks([startMs, endMs]: Domain): readonly DayTick[] {
  const days = (endMs - startMs) / DAY_MS;
  let weeks = 1;
  while (days / (7 * weeks) > 4.5) weeks *= 2;
  const ticks: DayTick[] = [];
  for (let day = 0; day <= days; day += 7 * weeks)
    ticks.push({ atMs: startMs + day * DAY_MS, day });
  return ticks;
}
