/** The last value of every question a stream speaks of, for the pages that join it later. */
import { startStopwatch } from '@/lib/client/live/elapsed';
import type { LiveEvent } from '@/lib/core/live/event';
import type { Reading } from '@/lib/core/live/reading';
import type { Clock } from '@/lib/core/time/clock';

type Beat = Extract<LiveEvent, { type: 'heartbeat' }>;

export interface LastEvents {
  take(event: LiveEvent): void;
  /** What is known of these questions, and the last beat with the time it would have now. */
  of(keys: Iterable<string>): readonly LiveEvent[];
  /** Forgets what the stream no longer speaks of: it would grow old unnoticed. */
  keepOnly(isKept: (key: string) => boolean): void;
  clear(): void;
}

/** The question of an event; null when it concerns everybody. */
export function keyOf(event: LiveEvent): string | null {
  if (event.type === 'analysis') return event.reading.questionKey;
  return event.type === 'problem' ? event.questionKey : null;
}

export function createLastEvents(clock: Clock): LastEvents {
  const readings = new Map<string, Reading>();
  let beat: Beat | null = null;
  let sinceBeat = (): number => 0;

  return {
    take(event) {
      if (event.type === 'analysis') readings.set(event.reading.questionKey, event.reading);
      else if (event.type === 'problem') {
        const reading = readings.get(event.questionKey);
        if (reading) readings.set(event.questionKey, { ...reading, freshness: event.freshness });
      } else {
        beat = event;
        sinceBeat = startStopwatch(clock);
      }
    },
    of(keys) {
      const events: LiveEvent[] = [];
      for (const key of keys) {
        const reading = readings.get(key);
        if (reading) events.push({ type: 'analysis', reading });
      }
      if (beat) events.push({ ...beat, nowMs: beat.nowMs + sinceBeat() });
      return events;
    },
    keepOnly(isKept) {
      for (const key of readings.keys()) if (!isKept(key)) readings.delete(key);
    },
    clear() {
      readings.clear();
      beat = null;
    },
  };
}
