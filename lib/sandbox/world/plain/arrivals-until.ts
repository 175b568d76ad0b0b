import { HOUR_MS } from '@/lib/sandbox/clock';
import type { Speed } from '@/lib/sandbox/world/create-streams';
import { toUsualRhythm } from '@/lib/sandbox/world/rhythm';

const WEEK_HOURS = 168;
const WEEK_MS = WEEK_HOURS * HOUR_MS;

/** Average hours' worth of traffic from the start of a week (of 1970's) to each of its hours. */
const WEEK = Array.from({ length: WEEK_HOURS }, (_, hour) => toUsualRhythm(hour)).reduce(
  (sums, pace) => [...sums, sums.at(-1)! + pace],
  [0],
);

/** Average hours' worth of traffic since 1970. */
function toTraffic(ms: number): number {
  const weeks = Math.floor(ms / WEEK_MS);
  const hours = (ms - weeks * WEEK_MS) / HOUR_MS;
  const whole = Math.floor(hours);
  const before = WEEK[whole]!;
  return weeks * WEEK[WEEK_HOURS]! + before + (hours - whole) * (WEEK[whole + 1]! - before);
}

/** How many people have come until a moment: whole, never less than at an earlier one. */
export function countArrivals(
  visitorsPerDay: number,
  launchMs: number,
  atMs: number,
  speed: Speed,
): number {
  if (atMs <= launchMs) return 0;
  const turnMs = Math.min(atMs, Math.max(launchMs, speed.fromMs));
  const [launch, turn, end] = [toTraffic(launchMs), toTraffic(turnMs), toTraffic(atMs)];
  return Math.floor((visitorsPerDay / 24) * (turn - launch + speed.factor * (end - turn)));
}
