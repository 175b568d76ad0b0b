import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/sandbox/clock';

/** Dates relative to the epoch, on whole minutes as people set them. */
export interface Calendar {
  readonly epochMs: number;
  /** Days before the epoch, fractions allowed. */
  daysAgo(days: number): number;
}

export function createCalendar(epochMs: number): Calendar {
  return {
    epochMs,
    daysAgo: (days) => Math.floor((epochMs - days * DAY_MS) / MINUTE_MS) * MINUTE_MS,
  };
}

/** A draft is prepared some days before it goes live. */
export function toCreated(launchMs: number): number {
  return launchMs - 3 * DAY_MS - 2 * HOUR_MS;
}
