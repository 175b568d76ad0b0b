import type { LiveEvent } from '@/lib/core/live/event';
import type { Frame } from '@/lib/server/live/frame';

/** What a reader that is behind still has to get: of each kind and question only the newest. */
export interface LastValues {
  /** Answers whether it took the place of an older one, which nobody will hear of. */
  keep(frame: Frame): boolean;
  /** The one that has waited longest; undefined when none waits. */
  take(): Frame | undefined;
}

const ANALYSIS = 'analysis ';
const PROBLEM = 'problem ';

/** Frames are shared by all viewers: what waits costs one reference each, whatever its size. */
export function createLastValues(): LastValues {
  const waiting = new Map<string, Frame>();
  return {
    keep(frame) {
      const key = toKey(frame.event);
      // An analysis says how fresh it is too; a problem says nothing of the data, so it never takes their place.
      const isOvertaken =
        frame.event.type === 'analysis' &&
        waiting.delete(PROBLEM + frame.event.reading.questionKey);
      const isNewer = waiting.has(key);
      // The place in the line is kept: what changes often would otherwise never be next.
      waiting.set(key, frame);
      return isNewer || isOvertaken;
    },
    take() {
      for (const [key, frame] of waiting) {
        waiting.delete(key);
        return frame;
      }
      return undefined;
    },
  };
}

const toKey = (event: LiveEvent): string => {
  if (event.type === 'heartbeat') return event.type;
  return event.type === 'analysis'
    ? ANALYSIS + event.reading.questionKey
    : PROBLEM + event.questionKey;
};
