import type { Clock } from '@/lib/core/time/clock';

export interface FakeClock extends Clock {
  /** Moves time on, running due timers in order and letting promises settle between them. */
  advance(ms: number): Promise<void>;
  /** Steps the wall clock alone, as an operator or NTP would. */
  stepWall(ms: number): void;
  readonly pendingTimers: number;
}

/** Lets everything that is already resolvable settle. */
const settle = async (): Promise<void> => {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
  await new Promise<void>((resolve) => setImmediate(resolve));
};

export function createFakeClock(startMs = Date.UTC(2026, 4, 20, 10, 0, 0)): FakeClock {
  let elapsedMs = 0;
  let wallOffsetMs = startMs;
  let serial = 0;
  const timers = new Map<number, { atMs: number; task: () => void }>();

  const nextTimer = (untilMs: number): [number, { atMs: number; task: () => void }] | undefined => {
    let best: [number, { atMs: number; task: () => void }] | undefined;
    for (const entry of timers)
      if (entry[1].atMs <= untilMs && (!best || entry[1].atMs < best[1].atMs)) best = entry;
    return best;
  };

  return {
    nowMs: () => wallOffsetMs + elapsedMs,
    monotonicMs: () => elapsedMs,
    setTimer(task, delayMs) {
      serial += 1;
      const id = serial;
      timers.set(id, { atMs: elapsedMs + Math.max(0, delayMs), task });
      return () => {
        timers.delete(id);
      };
    },
    async advance(ms) {
      const untilMs = elapsedMs + ms;
      await settle();
      for (let due = nextTimer(untilMs); due; due = nextTimer(untilMs)) {
        timers.delete(due[0]);
        elapsedMs = Math.max(elapsedMs, due[1].atMs);
        due[1].task();
        await settle();
      }
      elapsedMs = untilMs;
    },
    stepWall(ms) {
      wallOffsetMs += ms;
    },
    get pendingTimers() {
      return timers.size;
    },
  };
}
