import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { systemClock } from '@/lib/server/services/system-clock';

describe("the machine's own time", () => {
  it('fires no timer at once because it was set for next month', async () => {
    let fired = 0;
    const cancels = [31 * 86_400_000, 1e15, Number.POSITIVE_INFINITY].map((delayMs) =>
      systemClock.setTimer(() => (fired += 1), delayMs),
    );
    await pause(20);
    for (const cancel of cancels) cancel();
    expect(fired).toBe(0);
  });
});
