import { DAY_MS, HOUR_MS } from '@/lib/sandbox/clock';
import { mix, toUnit } from './random';

/** Traffic by hour of the day in UTC: quiet nights, a lunch peak, a higher evening peak. */
const HOURS = [
  0.32, 0.2, 0.14, 0.13, 0.19, 0.4, 0.75, 1.1, 1.3, 1.38, 1.4, 1.45, 1.4, 1.35, 1.3, 1.28, 1.3,
  1.38, 1.5, 1.62, 1.55, 1.2, 0.82, 0.54,
];
/** Traffic by day of the week, Sunday first. */
const WEEKDAYS = [1.1, 1.12, 1.04, 1.0, 0.98, 0.9, 0.86];

const HOURS_MEAN = HOURS.reduce((sum, value) => sum + value, 0) / HOURS.length;
const WEEKDAYS_MEAN = WEEKDAYS.reduce((sum, value) => sum + value, 0) / WEEKDAYS.length;

/** How busy an hour (whole hours since 1970, UTC) is; 1 is average. Days differ by up to 8 %. */
export function toRhythm(hour: number, seed: number): number {
  const day = Math.floor((hour * HOUR_MS) / DAY_MS);
  const mood = 0.92 + 0.16 * toUnit(mix(seed, day));
  return toUsualRhythm(hour) * mood;
}

/** The same without the moods of the days: repeats every week, 1 on average. */
export function toUsualRhythm(hour: number): number {
  const date = new Date(hour * HOUR_MS);
  const ofDay = HOURS[date.getUTCHours()]! / HOURS_MEAN;
  const ofWeek = WEEKDAYS[date.getUTCDay()]! / WEEKDAYS_MEAN;
  return ofDay * ofWeek;
}
