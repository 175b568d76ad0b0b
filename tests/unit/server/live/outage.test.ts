import { expect, it } from 'vitest';
import { experimentId } from '@/lib/core/experiment/ids';
import { createOutage } from '@/lib/server/live/outage';
import { createFakeClock } from '../../../fakes/clock';

const [ONE, TWO, THREE] = [experimentId(1), experimentId(2), experimentId(3)] as const;

it('gives all who were struck by an outage another try as soon as anything gets through', () => {
  const outage = createOutage({ clock: createFakeClock() });
  for (const id of [ONE, TWO, ONE, THREE]) outage.onFailed(id, 'upstream-unreachable');
  expect(outage.onGood()).toEqual([ONE, TWO, THREE]);
  expect(outage.onGood()).toEqual([]);
});

it('leaves an experiment with troubles of its own to its own pace', () => {
  const outage = createOutage({ clock: createFakeClock() });
  outage.onFailed(ONE, 'upstream-failed');
  expect(outage.onGood()).toEqual([]);
  for (const id of [ONE, TWO, THREE]) outage.onFailed(id, 'upstream-forbidden');
  expect(outage.onGood()).toEqual([]);
  expect(outage.probeAtMs()).toBeNull();
});

it('asks for a probe every half minute while nothing gets through', async () => {
  const clock = createFakeClock();
  const outage = createOutage({ clock });
  await clock.advance(5_000);
  expect(outage.probeAtMs()).toBeNull();
  outage.onTry();
  outage.onFailed(ONE, 'upstream-auth');
  expect(outage.probeAtMs()).toBe(35_000);
  await clock.advance(30_000);
  outage.onTry();
  expect(outage.probeAtMs()).toBe(65_000);
  outage.onGood();
  expect(outage.probeAtMs()).toBeNull();
});
