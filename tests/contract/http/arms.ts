import { asNumber, isRow, type Row } from './shape';

export interface Arm {
  readonly key: string;
  readonly general: Row;
  readonly figures: Row;
}

export const shareOf = (part: unknown, whole: unknown): number => asNumber(part) / asNumber(whole);

/** Names of all fields anywhere in a value. */
export const leavesIn = (value: unknown): readonly string[] =>
  isRow(value) ? Object.entries(value).flatMap(([name, inner]) => [name, ...leavesIn(inner)]) : [];

/** P(Z > z) of a standard normal, by Simpson's rule over the density: right to six digits. */
export function upperTail(z: number): number {
  const size = Math.min(Math.abs(z), 12);
  const steps = 2_000;
  const width = size / steps;
  const density = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  let sum = density(0) + density(size);
  for (let step = 1; step < steps; step += 1)
    sum += density(step * width) * (step % 2 === 1 ? 4 : 2);
  const half = (sum * width) / 3;
  return z >= 0 ? 0.5 - half : 0.5 + half;
}
