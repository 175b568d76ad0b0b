import type { StudentTest } from '@/lib/core/stats/student-t';
import { studentTest } from '@/lib/core/stats/student-t';

/** One arm on one day: its visitors and the sum of a metric over them, in the metric's unit. */
export interface DayTotal {
  readonly visitors: number;
  readonly total: number;
}

/**
 * Test of totals that have no second moment, by days as the units: d_k the difference per visitor on day k, weights w_k
 * the day's share of all visitors, mean = sum w d, var = sum w² (d - mean)² D/(D - 1), t with D - 1 degrees of freedom.
 * One look only, at 14 days or more (statistics A4.5). Days without visitors in an arm are left out; null below two
 * days, or where all differ by the same.
 * Example: 14 days of about 3,000 visitors: difference -0.0969, error 0.2587, p = 0.7139.
 */
export function dailyPaired(
  days: readonly { readonly control: DayTotal; readonly treatment: DayTotal }[],
  alpha: number,
): StudentTest | null {
  const counted = days.filter((day) => day.control.visitors > 0 && day.treatment.visitors > 0);
  const size = counted.length;
  if (size < 2) return null;
  const people = counted.map((day) => day.control.visitors + day.treatment.visitors);
  const everyone = people.reduce((sum, count) => sum + count, 0);
  const rows = counted.map(({ control, treatment }, k) => ({
    weight: (people[k] ?? 0) / everyone,
    d: treatment.total / treatment.visitors - control.total / control.visitors,
  }));
  const difference = rows.reduce((sum, { weight, d }) => sum + weight * d, 0);
  const squares = rows.reduce(
    (sum, { weight, d }) => sum + weight * weight * (d - difference) ** 2,
    0,
  );
  const error = Math.sqrt((squares * size) / (size - 1));
  if (!(error > 0)) return null;
  return studentTest(difference, error, size - 1, alpha);
}
