import { expect, it } from 'vitest';
import { createAgeClock } from '@/lib/client/live/age-clock';
import { createFakeClock } from '@/tests/fakes/clock';

it('counts upstream time once a second for all who look, and rests when nobody does', async () => {
  const clock = createFakeClock();
  const ages = createAgeClock(clock, 5_000, () => 1_000);
  const seen: number[] = [];
  const leaveA = ages.subscribe(() => seen.push(ages.nowMs()));
  const leaveB = ages.subscribe(() => undefined);
  expect(clock.pendingTimers).toBe(1);
  await clock.advance(2_500);
  expect(seen).toEqual([6_000, 7_000]);
  ages.sync(8_000);
  clock.stepWall(-3_600_000);
  await clock.advance(500);
  expect(seen).toEqual([6_000, 7_000, 8_500]);
  leaveA();
  leaveB();
  expect(clock.pendingTimers).toBe(0);
});

it('does not go on telling a wrong time until its next step, which may be seconds away', async () => {
  const clock = createFakeClock();
  const ages = createAgeClock(clock, 5_000, () => 10_000);
  const seen: number[] = [];
  const leave = ages.subscribe(() => seen.push(ages.nowMs()));
  await clock.advance(300);
  ages.sync(65_000);
  expect(seen).toEqual([65_000]);
  expect(clock.pendingTimers).toBe(1);
  ages.sync(65_100);
  expect(seen).toEqual([65_000]);
  leave();
  ages.sync(999_000);
  expect(clock.pendingTimers).toBe(0);
});

it('never shows data younger than they are after a sleep in which the steady clock stood still', async () => {
  const clock = createFakeClock();
  const ages = createAgeClock(clock, 5_000, () => 1_000);
  const leave = ages.subscribe(() => undefined);
  await clock.advance(1_000);
  clock.stepWall(600_000);
  expect(ages.nowMs()).toBe(6_000);
  // Somebody looks: not a second later than that.
  ages.catchUp();
  expect(ages.nowMs()).toBe(606_000);
  await clock.advance(1_000);
  expect(ages.nowMs()).toBe(607_000);
  // The server knows better than a wall clock that somebody set.
  ages.sync(7_500);
  expect(ages.nowMs()).toBe(7_500);
  leave();
});
