/**
 * Geometry of a small picture, 150 x 36. One vertical scale for the whole list (plus and minus 30 %), and time from
 * launch over 28 days, or over the run where it is longer: rows can be held against each other by eye.
 */
import { isStanding } from '@/lib/core/analysis/call';
import type { Reading } from '@/lib/core/live/reading';
import { lastCountedMs } from '@/lib/core/experiment/last-counted';

export const SPARK_WIDTH = 150;
export const SPARK_HEIGHT = 36;
const REACH = 0.3;
const SPAN_MS = 28 * 24 * 60 * 60 * 1000;
/** Room for the end dot. */
const EDGE = 3;
/** Beyond the scale a line goes on a little, where it fades. */
const BEYOND = 12;

export interface SparklinePicture {
  readonly zeroY: number;
  readonly line: string;
  readonly band: string;
  readonly end: { readonly x: number; readonly y: number };
  /** Where the call was made; null without one. */
  readonly callX: number | null;
}

export function toSparkline(
  { experiment, analysis, sparkline }: Reading,
  nowMs: number,
): SparklinePicture | null {
  const { startedAtMs } = experiment;
  const points = sparkline.points.flatMap(([atMs, ...values]) =>
    values[0] === null ? [] : [[lastCountedMs(experiment, atMs), ...values] as const],
  );
  const last = points.at(-1);
  if (startedAtMs === null || last === undefined || analysis === null) return null;
  const untilMs = Math.max(startedAtMs + SPAN_MS, Math.min(nowMs, last[0]));
  const x = (atMs: number): number =>
    round(((atMs - startedAtMs) / (untilMs - startedAtMs)) * (SPARK_WIDTH - 2 * EDGE) + EDGE);
  const y = (lift: number): number => {
    const middle = SPARK_HEIGHT / 2;
    const raw = middle - (lift / REACH) * middle;
    return round(Math.min(SPARK_HEIGHT + BEYOND, Math.max(-BEYOND, raw)));
  };
  const upper = points.map(([atMs, , , high]) => `${x(atMs)} ${y(high ?? Infinity)}`);
  const lower = points.map(([atMs, , low]) => `${x(atMs)} ${y(low ?? -Infinity)}`);
  return {
    zeroY: SPARK_HEIGHT / 2,
    line: `M${points.map(([atMs, lift]) => `${x(atMs)} ${y(lift ?? 0)}`).join('L')}`,
    band: `M${[...upper, ...lower.toReversed()].join('L')}Z`,
    end: {
      x: x(last[0]),
      y: Math.min(SPARK_HEIGHT - 2 * EDGE, Math.max(2 * EDGE, y(last[1] ?? 0))),
    },
    callX:
      analysis.call === null || !isStanding(analysis.call)
        ? null
        : x(Math.min(analysis.call.calledAtMs, last[0])),
  };
}

const round = (n: number): number => Math.round(n * 10) / 10;
