import { expect, it } from 'vitest';
import { createBudget } from '@/lib/server/kameleoon/create-budget';
import { createFakeClock } from '../../../fakes/clock';

const MINUTE_S = 60;
const FAULT_MIN = 45;

/** 900 requests an hour are wanted, of which the API refuses some by chance. Gives how many went out in each minute. */
async function sentPerMinute(share: number): Promise<readonly number[]> {
  const clock = createFakeClock();
  const budget = createBudget({ clock });
  let seed = 1;
  const random = (): number => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  let isFaulty = true;
  let sent = 0;
  const send = async (): Promise<void> => {
    const admission = await budget.acquire({ lane: 'interactive', maxWaitMs: 20_000 });
    if (admission.kind !== 'granted') return;
    sent += 1;
    clock.setTimer(() => {
      const isRefusal = isFaulty && random() < share;
      budget.observed({ upstreamMs: null, allowances: [], isRefusal });
      if (isRefusal) budget.throttled(10_500);
      admission.release();
    }, 200);
  };
  const perMinute: number[] = [];
  for (let second = 1; second <= 75 * MINUTE_S; second += 1) {
    if (second % 4 === 0) void send();
    await clock.advance(1_000);
    if (second === FAULT_MIN * MINUTE_S) isFaulty = false;
    if (second % MINUTE_S > 0) continue;
    perMinute.push(sent);
    sent = 0;
  }
  return perMinute;
}

const sum = (counts: readonly number[]): number =>
  counts.reduce((total, count) => total + count, 0);

it('takes refusals that come by chance for what they are: the hour stays usable', async () => {
  const perMinute = await sentPerMinute(0.03);
  expect(sum(perMinute.slice(0, FAULT_MIN))).toBeGreaterThan(0.9 * FAULT_MIN * 15);
});

it('is soon itself again after many refusals by chance', async () => {
  const perMinute = await sentPerMinute(0.15);
  expect(sum(perMinute.slice(FAULT_MIN + 2, FAULT_MIN + 12))).toBeGreaterThan(0.65 * 10 * 15);
  expect(sum(perMinute.slice(-10))).toBeGreaterThan(0.9 * 10 * 15);
});
