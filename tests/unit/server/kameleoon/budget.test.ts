import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFakeClock } from '@/tests/fakes/clock';
import type { Admission, BudgetLimits, Lane } from '@/lib/server/kameleoon/budget';
import { KAMELEOON_LIMITS } from '@/lib/server/kameleoon/budget';
import { createBudget } from '@/lib/server/kameleoon/create-budget';
import { LANES } from '@/lib/server/kameleoon/waiting-line';

/** The most entries that any interval of that length holds. */
function worst(times: readonly number[], lengthMs: number): number {
  let most = 0;
  let from = 0;
  times.forEach((atMs, i) => {
    while ((times[from] ?? atMs) < atMs - lengthMs) from += 1;
    most = Math.max(most, i - from + 1);
  });
  return most;
}

/** Small limits in the same proportions, so that hours are short. */
const SMALL: BudgetLimits = {
  tenSeconds: { limit: 5, windowMs: 1050 },
  hour: { limit: 30, windowMs: 20_500 },
  maxConcurrent: 3,
  minGapMs: 10,
  backgroundShare: 0.75,
  burst: 8,
  keptForPeople: 1,
  keptForStarted: 1,
  keptForAuth: 1,
  stallMs: 100,
};

const grantsOf = (limits = KAMELEOON_LIMITS) => {
  const clock = createFakeClock();
  const budget = createBudget({ clock, limits });
  const grants: { atMs: number; lane: Lane; release(): void }[] = [];
  const ask = (lane: Lane, maxWaitMs = 1e9, signal?: AbortSignal): Promise<Admission> =>
    budget.acquire({ lane, maxWaitMs, signal }).then((admission) => {
      if (admission.kind === 'granted')
        grants.push({ atMs: clock.monotonicMs(), lane, release: admission.release });
      return admission;
    });
  const askAndRelease = (lane: Lane, holdMs = 0): void => {
    void ask(lane).then((admission) => {
      if (admission.kind === 'granted') clock.setTimer(admission.release, holdMs);
    });
  };
  return { clock, budget, grants, ask, askAndRelease };
};

describe('the budget', () => {
  it('never lets more through any interval than both windows allow, whatever arrives when', async () => {
    const arrival = fc.record({
      gapMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 900 })),
      lane: fc.constantFrom(...LANES),
      holdMs: fc.integer({ min: 0, max: 400 }),
      throttled: fc.integer({ min: 0, max: 40 }).map((n) => n === 0),
      stepMs: fc.constantFrom(0, 0, 0, 3_600_000, -3_600_000),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(arrival, { minLength: 20, maxLength: 90 }), async (arrivals) => {
        const { clock, budget, grants, askAndRelease } = grantsOf(SMALL);
        for (const { gapMs, lane, holdMs, throttled, stepMs } of arrivals) {
          await clock.advance(gapMs);
          clock.stepWall(stepMs);
          if (throttled) budget.throttled(500);
          askAndRelease(lane, holdMs);
        }
        await clock.advance(90_000);
        const times = grants.map(({ atMs }) => atMs);
        expect(worst(times, 1000)).toBeLessThanOrEqual(5);
        expect(worst(times, 20_000)).toBeLessThanOrEqual(30);
        times.slice(1).forEach((atMs, i) => {
          expect(atMs - (times[i] ?? 0)).toBeGreaterThanOrEqual(10);
        });
        // Nobody is forgotten.
        expect(times).toHaveLength(arrivals.length);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps the real windows under saturating demand, as the server sees them behind jitter', async () => {
    const { clock, grants, askAndRelease } = grantsOf();
    for (let i = 0; i < 1100; i += 1) askAndRelease('interactive', 60);
    await clock.advance(3_700_000);
    const sent = grants.map(({ atMs }) => atMs);
    expect(worst(sent, 10_000)).toBe(45);
    // Ten of 950 are for tokens, twelve for polls.
    expect(worst(sent, 3_600_000)).toBe(928);
    const jitter = fc.sample(fc.integer({ min: 0, max: 450 }), { numRuns: sent.length, seed: 7 });
    const arrived = sent.map((atMs, i) => atMs + (jitter[i] ?? 0)).sort((a, b) => a - b);
    expect(worst(arrived, 10_000)).toBeLessThanOrEqual(50);
    expect(worst(arrived, 3_600_000)).toBeLessThanOrEqual(1000);
  });

  it('lets a cold start burst, then spreads background work over the hour without a drought', async () => {
    const { clock, budget, grants, askAndRelease } = grantsOf();
    for (let i = 0; i < 2000; i += 1) askAndRelease('background', 60);
    await clock.advance(45_000);
    expect(grants.length).toBeGreaterThanOrEqual(95);
    expect(grants.length).toBeLessThanOrEqual(112);
    expect(budget.use().waitMs).toBeGreaterThan(0);
    await clock.advance(7_200_000 - 45_000);
    const times = grants.map(({ atMs }) => atMs);
    for (const fromMs of [0, 3_600_000]) {
      const ofHour = times.filter((atMs) => atMs >= fromMs && atMs < fromMs + 3_600_000);
      expect(ofHour.length).toBeGreaterThanOrEqual(900);
      expect(ofHour.length).toBeLessThanOrEqual(910);
    }
    const gaps = times.slice(1).map((atMs, i) => atMs - (times[i] ?? 0));
    expect(Math.max(...gaps)).toBeLessThan(15_000);
  });

  it('lets a person through while background work waits for its pace', async () => {
    const { clock, grants, ask, askAndRelease } = grantsOf();
    for (let i = 0; i < 300; i += 1) askAndRelease('background', 10);
    await clock.advance(60_000);
    const before = clock.monotonicMs();
    const asked = ask('interactive');
    await clock.advance(100);
    expect((await asked).kind).toBe('granted');
    expect(grants.at(-1)?.lane).toBe('interactive');
    expect((grants.at(-1)?.atMs ?? 0) - before).toBeLessThanOrEqual(75);
  });

  it('finishes started work before it starts more', async () => {
    const { clock, grants, askAndRelease } = grantsOf(SMALL);
    for (let i = 0; i < 12; i += 1) askAndRelease('background');
    askAndRelease('started');
    await clock.advance(300);
    expect(grants.map(({ lane }) => lane).indexOf('started')).toBeLessThanOrEqual(1);
  });

  it('has at most ten under way, and goes on when one is done', async () => {
    const { clock, grants, ask } = grantsOf();
    for (let i = 0; i < 12; i += 1) void ask('interactive');
    await clock.advance(5000);
    expect(grants).toHaveLength(10);
    grants[0]?.release();
    grants[0]?.release();
    await clock.advance(1000);
    expect(grants).toHaveLength(11);
  });

  it('says at once that it is spent when waiting would be of no use, and sends nothing', async () => {
    const { clock, budget, askAndRelease, ask } = grantsOf(SMALL);
    for (let i = 0; i < 30; i += 1) askAndRelease('interactive');
    await clock.advance(10_000);
    const spent = await ask('interactive', 5000);
    expect(spent).toMatchObject({ kind: 'spent' });
    if (spent.kind === 'spent') expect(spent.waitMs).toBeGreaterThan(5000);
    // Of the thirty one is for tokens, and one for polls.
    expect(budget.use().total).toBe(28);
  });

  it('answers "spent" when the queue ahead outlasts the wait', async () => {
    const { clock, ask } = grantsOf(SMALL);
    const asked = Array.from({ length: 12 }, () => ask('interactive', 500));
    await clock.advance(2000);
    const kinds = (await Promise.all(asked)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'granted')).toHaveLength(3);
    expect(kinds.filter((kind) => kind === 'spent')).toHaveLength(9);
  });

  it('forgets who was cancelled', async () => {
    const { clock, budget, grants, ask } = grantsOf(SMALL);
    const abort = new AbortController();
    const asked = Array.from({ length: 8 }, () => ask('interactive', 1e6, abort.signal));
    await clock.advance(100);
    abort.abort();
    const kinds = (await Promise.all(asked)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'cancelled')).toHaveLength(5);
    grants.forEach(({ release }) => release());
    await clock.advance(5000);
    expect(budget.use().total).toBe(3);
    expect(clock.pendingTimers).toBe(0);
  });

  it('believes a 429: silence, and a short window that counts as full', async () => {
    const { clock, budget, grants, ask } = grantsOf();
    budget.throttled(12_000);
    expect(budget.use()).toMatchObject({
      refused429: 1,
      total: 0,
      tenSeconds: { used: 45 },
      hour: { used: 45 },
      waitMs: 12_000,
      heldMs: 12_000,
    });
    void ask('interactive');
    await clock.advance(11_900);
    expect(grants).toHaveLength(0);
    await clock.advance(200);
    expect(grants).toHaveLength(1);
  });

  it('is not bent by steps of the wall clock', async () => {
    const { clock, budget, askAndRelease } = grantsOf();
    for (let i = 0; i < 45; i += 1) askAndRelease('interactive');
    await clock.advance(5000);
    clock.stepWall(7_200_000);
    expect(budget.use().tenSeconds.used).toBe(45);
  });
});
