import { describe, expect, it } from 'vitest';
import { createRetryBudget } from '@/lib/server/kameleoon/retry-budget';
import { createFakeClock } from '../../../fakes/clock';

describe('the retry budget', () => {
  it('lets a blip of a quiet minute be retried, and no more', () => {
    const retries = createRetryBudget({ clock: createFakeClock() });
    retries.onFirst();
    const answers = Array.from({ length: 7 }, () => retries.take());
    expect(answers).toEqual([true, true, true, true, true, false, false]);
    expect(retries.use()).toEqual({ taken: 5, refused: 2 });
  });

  it('grows to a tenth of the first attempts of the last minute, and shrinks with them', async () => {
    const clock = createFakeClock();
    const retries = createRetryBudget({ clock });
    for (let i = 0; i < 100; i += 1) retries.onFirst();
    const granted = (): number => {
      let count = 0;
      while (retries.take()) count += 1;
      return count;
    };
    expect(granted()).toBe(10);
    await clock.advance(60_000);
    expect(granted()).toBe(5);
  });
});
