import type { Course, Piece } from '@/lib/core/analysis/outlook/course';
import type { Traffic } from '@/lib/core/analysis/outlook/traffic';
import { forecast } from '@/lib/core/analysis/outlook/traffic';
import { normalQuantile } from '@/lib/core/stats/normal-quantile';
import { normalCdf } from '@/lib/core/stats/one-sided-p';

/** How people of the pair come about, and what is fixed in time. */
export interface TimeScale {
  readonly traffic: Traffic;
  /** People of the pair among all whom the traffic counts. */
  readonly share: number;
  /** People of the pair now, and at the final look (null: none to come). */
  readonly n: number;
  readonly finalN: number | null;
  /** When a winner has its days; in the past where it has them already. */
  readonly daysAtMs: number;
  /** Conversions of the pair: so exactly the rates are known, and with them what one person tells. */
  readonly conversions: number;
}

/** Traffic and rates may turn out higher or lower: equally likely factors stand for all. */
const FACTORS = Array.from({ length: 9 }, (_, i) => normalQuantile((i + 0.5) / 9));

/**
 * Chance of being decided by a moment, as a function of time, from courses with their weights. Rises from 0; a jump
 * lies at `daysAtMs` where a test waits for its days.
 */
export function decidedBy(
  courses: readonly { readonly course: Course; readonly weight: number }[],
  { traffic, share, n, finalN, daysAtMs, conversions }: TimeScale,
): (atMs: number) => number {
  const isWaiting = daysAtMs > traffic.fromMs;
  const toDays = isWaiting ? share * forecast(traffic, daysAtMs).mean : 0;
  const parts = courses.map(({ course, weight }) => ({
    weight,
    course,
    before: toTotals(course.beforeDays),
    after: toTotals(course.afterDays),
  }));
  return (atMs) => {
    if (atMs <= traffic.fromMs) return 0;
    const { mean, variance } = forecast(traffic, atMs);
    const people = share * mean;
    const doubt = Math.min(0.6, Math.sqrt(variance / mean ** 2 + 1 / Math.max(1, conversions)));
    const isPast = atMs >= daysAtMs;
    let chance = 0;
    for (const { weight, course, before, after } of parts) {
      let moving = 0;
      for (const factor of FACTORS) {
        const scale = Math.exp(factor * doubt - (doubt * doubt) / 2);
        moving += isPast ? before(Infinity) : before(n + scale * people);
        if (isPast) moving += after(n + toDays + scale * (people - toDays));
      }
      chance += (weight * moving) / FACTORS.length;
      if (isWaiting && isPast) chance += weight * course.atDays;
      if (finalN !== null && course.atFinal > 0)
        chance +=
          weight *
          course.atFinal *
          normalCdf((people - (finalN - n)) / (share * Math.sqrt(variance)));
    }
    return Math.min(1, chance);
  };
}

/** Sum of the chances of pieces up to n people. */
function toTotals(pieces: readonly Piece[]): (n: number) => number {
  const totals = [0];
  for (const { chance } of pieces) totals.push((totals.at(-1) ?? 0) + chance);
  return (n) => {
    let low = 0;
    let high = pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pieces[middle]?.toN ?? Infinity) <= n) low = middle + 1;
      else high = middle;
    }
    const piece = pieces[low];
    const whole = totals[low] ?? 0;
    if (piece === undefined || n <= piece.fromN) return whole;
    return whole + (piece.chance * (n - piece.fromN)) / (piece.toN - piece.fromN);
  };
}
