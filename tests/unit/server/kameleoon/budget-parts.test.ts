import { describe, expect, it } from 'vitest';
import type { Allowance } from '@/lib/server/kameleoon/allowance';
import { KAMELEOON_LIMITS } from '@/lib/server/kameleoon/budget';
import { createBudget } from '@/lib/server/kameleoon/create-budget';
import { spreadReadyAtMs } from '@/lib/server/kameleoon/pace';
import type { Lane } from '@/lib/server/kameleoon/waiting-line';
import { createFakeClock } from '@/tests/fakes/clock';
import { worstSliding } from '@/tests/unit/server/kameleoon/budget-judge';

const setUp = () => {
  const clock = createFakeClock();
  const budget = createBudget({ clock });
  const order: string[] = [];
  /** Takes `holdMs` from being let out to the answer. */
  const ask = (lane: Lane, name: string = lane, raised?: AbortSignal, holdMs = 50): void => {
    void budget.acquire({ lane, maxWaitMs: 1e9, raised }).then((admission) => {
      if (admission.kind !== 'granted') return;
      order.push(name);
      clock.setTimer(admission.release, holdMs);
    });
  };
  const ok = (allowances: readonly Allowance[] = []) =>
    budget.observed({ upstreamMs: null, allowances, isRefusal: false });
  return { clock, budget, order, ask, ok };
};

describe('who goes first', () => {
  it('the token, then people, then polls, then new background work', async () => {
    const { clock, order, ask } = setUp();
    ask('background', 'taken at once');
    for (const lane of ['background', 'started', 'interactive', 'auth'] as const) ask(lane);
    await clock.advance(1_000);
    expect(order).toEqual(['taken at once', 'auth', 'interactive', 'started', 'background']);
  });

  it('goes behind people who already wait once a person waits for it', async () => {
    const { clock, order, ask } = setUp();
    const raise = new AbortController();
    ask('interactive', 'taken at once');
    ask('background', 'first of the background');
    ask('background', 'raised', raise.signal);
    ask('interactive', 'person');
    raise.abort();
    await clock.advance(1_000);
    expect(order).toEqual(['taken at once', 'person', 'raised', 'first of the background']);
  });

  it('stands with people from the start when it was raised before it asked', async () => {
    const { clock, order, ask } = setUp();
    ask('interactive', 'taken at once');
    ask('background', 'background');
    ask('background', 'raised', AbortSignal.abort());
    await clock.advance(1_000);
    expect(order).toEqual(['taken at once', 'raised', 'background']);
  });

  it('lets the poll of a posted job through while people have used up the hour for new requests', async () => {
    const { clock, budget, order, ask } = setUp();
    for (let i = 0; i < 1_000; i += 1) ask('interactive');
    await clock.advance(300_000);
    expect(order).toHaveLength(928);
    ask('auth');
    ask('started');
    await clock.advance(1_000);
    expect(order.slice(928)).toEqual(['auth', 'started']);
    expect(budget.use().queued.interactive).toBe(72);
  });

  it('leaves people a part of the short window while background work starts cold', async () => {
    const { clock, order, ask } = setUp();
    for (let i = 0; i < 100; i += 1) ask('background');
    await clock.advance(5_000);
    expect(order).toHaveLength(33);
    for (let i = 0; i < 10; i += 1) ask('interactive');
    await clock.advance(1_500);
    expect(order.filter((lane) => lane === 'interactive')).toHaveLength(10);
  });

  it('lets new background work out within a minute though polls have used more than its share', async () => {
    const { clock, order, ask } = setUp();
    for (let i = 0; i < 100; i += 1) ask('background', 'before');
    await clock.advance(45_000);
    for (let i = 0; i < 80; i += 1) ask('started', 'before');
    await clock.advance(30_000);
    expect(order.length).toBeGreaterThan(170);
    ask('background', 'first');
    await clock.advance(60_000);
    expect(order).toContain('first');
  });

  it('serves the last of 3,000 who wait, in their order', async () => {
    const { clock, order, ask } = setUp();
    for (let i = 0; i < 3_000; i += 1) ask('interactive', String(i));
    await clock.advance(20_000);
    expect(order).toEqual(Array.from({ length: order.length }, (_, i) => String(i)));
    expect(order.length).toBeGreaterThan(85);
  });
});

describe('a server that sees a request late', () => {
  it('has no more in ten seconds than it allows, though the slow ones were let out long before', async () => {
    const clock = createFakeClock();
    const budget = createBudget({ clock });
    const seen: number[] = [];
    for (let i = 0; i < 100; i += 1)
      void budget.acquire({ lane: 'interactive', maxWaitMs: 1e9 }).then((admission) => {
        if (admission.kind !== 'granted') return;
        clock.setTimer(
          () => {
            seen.push(clock.monotonicMs());
            admission.release();
          },
          i < 10 ? 9_000 : 20,
        );
      });
    await clock.advance(60_000);
    expect(seen).toHaveLength(100);
    expect(worstSliding(seen, 10_000)).toBeLessThanOrEqual(50);
  });

  it('nor when they were given up meanwhile', async () => {
    const clock = createFakeClock();
    const budget = createBudget({ clock });
    const seen: number[] = [];
    for (let i = 0; i < 100; i += 1)
      void budget.acquire({ lane: 'interactive', maxWaitMs: 1e9 }).then((admission) => {
        if (admission.kind !== 'granted') return;
        clock.setTimer(admission.release, 10);
        clock.setTimer(() => seen.push(clock.monotonicMs()), i < 45 ? 1_500 : 10);
      });
    await clock.advance(60_000);
    expect(seen).toHaveLength(100);
    expect(worstSliding(seen, 10_000)).toBeLessThanOrEqual(50);
  });
});

describe('a neighbour on the credential', () => {
  /** Spends evenly, as background work does, for that long. */
  const spend = async ({ clock, ask }: ReturnType<typeof setUp>, requests: number) => {
    for (let i = 0; i < requests; i += 1) ask('interactive');
    await clock.advance(300_000);
  };

  it('is not learnt from one refusal: that is the short window', async () => {
    const world = setUp();
    await spend(world, 600);
    world.budget.throttled(10_500);
    expect(world.budget.use()).toMatchObject({ neighbourPerHour: 0, refused429: 1 });
  });

  it('counts refusals of one moment as one', async () => {
    const world = setUp();
    await spend(world, 600);
    for (let i = 0; i < 9; i += 1) world.budget.throttled(10_500);
    expect(world.budget.use()).toMatchObject({ neighbourPerHour: 0, heldMs: 10_500 });
  });

  it('is learnt when the hold did not help, asked for more silence, and forgotten with time', async () => {
    const world = setUp();
    const { clock, budget, ask } = world;
    await spend(world, 600);
    budget.throttled(10_500);
    ask('interactive', 'refused', undefined, 1_000);
    await clock.advance(10_600);
    budget.throttled(10_500);
    expect(budget.use().heldMs).toBe(21_000);
    const learnt = budget.use().neighbourPerHour;
    expect(learnt).toBeGreaterThan(250);
    expect(budget.use().hour.limit).toBe(950 - learnt);
    await clock.advance(7_200_000);
    expect(budget.use().neighbourPerHour).toBeLessThan(learnt / 2);
    expect(budget.use().neighbourPerHour).toBeGreaterThan(0);
  });

  it('is not learnt from refusals of an API that is out of order while little is in use', async () => {
    const world = setUp();
    await spend(world, 20);
    for (let i = 0; i < 6; i += 1) {
      world.budget.throttled(10_500);
      expect(world.budget.use().heldMs).toBeLessThanOrEqual(60_000);
      await world.clock.advance(61_000);
    }
    expect(world.budget.use().neighbourPerHour).toBe(0);
  });

  it('lets one through after a hold, and more only when that one was answered', async () => {
    const { clock, budget, order, ask } = setUp();
    for (let i = 0; i < 5; i += 1) ask('interactive', 'under way', undefined, 1_000);
    await clock.advance(500);
    budget.throttled(10_500);
    // What was under way comes back during the hold, and proves nothing.
    for (let i = 0; i < 8; i += 1) ask('interactive', String(i), undefined, 2_000);
    await clock.advance(12_400);
    expect(order).toHaveLength(6);
    await clock.advance(1_000);
    expect(order).toHaveLength(8);
  });

  it('is believed where headers tell what is left, until the reset', async () => {
    const { clock, budget, ok } = setUp();
    ok([{ limit: 1000, remaining: 400, resetMs: 600_000, windowMs: 3_600_000 }]);
    expect(budget.use().hour.used).toBe(600);
    ok([{ limit: 50, remaining: 7, resetMs: 4_000 }]);
    expect(budget.use().tenSeconds.used).toBe(43);
    await clock.advance(4_100);
    expect(budget.use().tenSeconds.used).toBe(0);
    await clock.advance(600_000);
    expect(budget.use().hour.used).toBeLessThan(60);
  });

  it('never makes our own limits wider by saying that more is left', async () => {
    const world = setUp();
    await spend(world, 600);
    world.ok([{ limit: 5_000, remaining: 4_999, resetMs: 60_000, windowMs: 3_600_000 }]);
    expect(world.budget.use().hour).toMatchObject({
      used: 600,
      limit: KAMELEOON_LIMITS.hour.limit,
    });
  });
});

describe('an even spread', () => {
  const base = { windowMs: 1_000, limit: 10, burst: 2, inFlight: 0 };

  it('asks for no wait where nothing is in use', () => {
    expect(spreadReadyAtMs({ ...base, times: [] }, -1_000, 0)).toBe(0);
  });

  it('shares what is left among the time until more comes back', () => {
    // Six of ten went at 0; the four that are left and the first that comes back share a second.
    const times = [0, 0, 0, 0, 0, 0];
    expect(spreadReadyAtMs({ ...base, times }, 0, 0)).toBe(200);
  });
});
