import type { SliceAsk } from '@/lib/core/experiment/slicing';
import { dayStartMs, nextDay } from '@/lib/core/time/day-start';

/** Counts events from `startMs` up to `endMs`, upstream time. */
export interface TimeWindow {
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * The stretches of time an ask counts, cut to the life of the experiment: one, two where days in between are left out,
 * none where nothing remains. null: the whole life, which needs no window.
 */
export function toWindows(
  { from, to, leftOut }: Pick<SliceAsk, 'from' | 'to' | 'leftOut'>,
  life: TimeWindow,
  timeZone: string,
): readonly TimeWindow[] | null {
  if (from === null && to === null && leftOut === null) return null;
  const start = (day: string): number => dayStartMs(day, timeZone);
  const asked = {
    startMs: from === null ? life.startMs : Math.max(life.startMs, start(from)),
    endMs: to === null ? life.endMs : Math.min(life.endMs, start(nextDay(to))),
  };
  const parts =
    leftOut === null
      ? [asked]
      : [
          { ...asked, endMs: Math.min(asked.endMs, start(leftOut.from)) },
          { ...asked, startMs: Math.max(asked.startMs, start(nextDay(leftOut.to))) },
        ];
  return parts.filter(({ startMs, endMs }) => startMs < endMs);
}
