import { HOUR_MS, SECOND_MS } from '@/lib/sandbox/clock';
import { mix, toUnit } from '@/lib/sandbox/world/random';

export interface Window {
  readonly spanMs: number;
  readonly limit: number;
}

/** The API's two windows: at most this many requests within this time. */
export const WINDOWS: readonly [Window, Window] = [
  { spanMs: 10 * SECOND_MS, limit: 50 },
  { spanMs: HOUR_MS, limit: 1_000 },
];

/** Sliding: any stretch of the span counts. Fixed: stretches follow one another from a phase on. */
export type WindowMode = 'sliding' | 'fixed';

/** Where the fixed windows begin: for each of WINDOWS, ms from 1970, less than its span. */
export type Phases = readonly number[];

export function toPhases(seed: number): Phases {
  return WINDOWS.map(({ spanMs }, i) => Math.floor(toUnit(mix(seed, 7_919 + i)) * spanMs));
}

/** When the fixed window around a moment began. */
export function toWindowStart(nowMs: number, spanMs: number, phaseMs: number): number {
  return Math.floor((nowMs - phaseMs) / spanMs) * spanMs + phaseMs;
}
