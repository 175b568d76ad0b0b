import { expect } from 'vitest';
import {
  API,
  HOUR_MS,
  TEN_SECONDS_MS,
  worstFixed,
  worstSliding,
} from '@/tests/unit/server/kameleoon/budget-judge';
import type { Ask, World } from '@/tests/unit/server/kameleoon/budget-world';

/** No window of either kind of server holds more of ours than the API allows. */
export function expectWindowsKept({ seen }: World, phaseMs: number): void {
  expect(worstSliding(seen, TEN_SECONDS_MS)).toBeLessThanOrEqual(API.tenSeconds);
  expect(worstSliding(seen, HOUR_MS)).toBeLessThanOrEqual(API.hour);
  expect(worstFixed(seen, TEN_SECONDS_MS, phaseMs)).toBeLessThanOrEqual(API.tenSeconds);
  expect(worstFixed(seen, HOUR_MS, phaseMs)).toBeLessThanOrEqual(API.hour);
}

/** What this life let out is what it says it let out, and it counts at least that in the hour. */
export function expectAllCounted(world: World): void {
  const nowMs = world.clock.monotonicMs();
  const { total, hour } = world.use();
  const ours = world.asks.filter(
    ({ life, outcome }) => life === world.lives() && outcome === 'granted',
  );
  expect(total).toBe(ours.length);
  const ofHour = ours.filter(({ endedMs }) => (endedMs ?? 0) > nowMs - HOUR_MS);
  expect(hour.used).toBeGreaterThanOrEqual(ofHour.length);
}

/** First come, first served within each lane of each life, leaving out who gave up. */
export function expectOrderKept({ asks }: World): void {
  const last = new Map<string, number>();
  for (const { lane, life, endedMs, outcome } of asks) {
    if (outcome !== 'granted' || endedMs === null) continue;
    const line = `${lane} ${life}`;
    expect(endedMs).toBeGreaterThanOrEqual(last.get(line) ?? 0);
    last.set(line, endedMs);
  }
}

/** Nobody waits, nothing is under way, and of timers only the memory's look at the clock is left. */
export async function expectNothingLeft(world: World): Promise<void> {
  await world.clock.advance(400_000);
  const { inFlight, queued } = world.use();
  expect(inFlight).toBe(0);
  expect(queued).toEqual({ auth: 0, interactive: 0, started: 0, background: 0 });
  expect(world.asks.every(({ endedMs }) => endedMs !== null)).toBe(true);
  expect(world.clock.pendingTimers).toBe(1);
}

const LOOK_MS = 500;
/** So far below our limits at every moment of the last while, both windows had room for one more for certain. */
const ROOM = { tenSeconds: 33, hour: 880 };

/**
 * The longest that somebody who stood first in their lane waited while there was room in both windows and no 429 of
 * the last minute and a half asked for silence; milliseconds.
 */
export function longestWaitWithRoom({ asks, refused }: World, endMs: number): number {
  const sent = asks.flatMap(({ outcome, endedMs }) =>
    outcome === 'granted' && endedMs !== null ? [endedMs] : [],
  );
  sent.sort((a, b) => a - b);
  const countSince = (fromMs: number, untilMs: number): number =>
    sent.filter((atMs) => atMs > fromMs && atMs <= untilMs).length;
  const roomAt = new Map<number, boolean>();
  const hasRoom = (look: number): boolean => {
    const known = roomAt.get(look);
    if (known !== undefined) return known;
    const atMs = look * LOOK_MS;
    const room =
      countSince(atMs - 12_500, atMs) < ROOM.tenSeconds &&
      countSince(atMs - 3_612_000, atMs) < ROOM.hour &&
      !refused.some((refusedMs) => refusedMs <= atMs && atMs < refusedMs + 90_000);
    roomAt.set(look, room);
    return room;
  };
  const firstSince = new Map<string, number>();
  let longest = 0;
  const inOrder = (lane: Ask['lane']): Ask[] => asks.filter((ask) => ask.lane === lane);
  for (const lane of ['interactive', 'started', 'background'] as const)
    for (const { askedMs, endedMs } of inOrder(lane)) {
      const fromMs = Math.max(askedMs, firstSince.get(lane) ?? 0);
      const untilMs = endedMs ?? endMs;
      firstSince.set(lane, Math.max(firstSince.get(lane) ?? 0, untilMs));
      let waited = 0;
      for (let look = Math.ceil(fromMs / LOOK_MS); look * LOOK_MS < untilMs; look += 1)
        if (hasRoom(look)) waited += LOOK_MS;
      longest = Math.max(longest, waited);
    }
  return longest;
}
