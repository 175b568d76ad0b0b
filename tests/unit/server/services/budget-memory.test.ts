import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { connectionId } from '@/lib/core/experiment/ids';
import { createBudget } from '@/lib/server/kameleoon/create-budget';
import { silentLog } from '@/tests/fakes/log';
import { openBudgetMemory } from '@/lib/server/services/budget-memory';
import type { Store } from '@/lib/server/store/open-store';
import { openStore } from '@/lib/server/store/open-store';
import type { FakeClock } from '@/tests/fakes/clock';
import { createFakeClock } from '@/tests/fakes/clock';

const ONE = connectionId('one');
const MINUTE_MS = 60_000;

const opened: Store[] = [];
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});

const aStore = async (): Promise<Store> => {
  const store = await openStore({ dir: ':memory:' });
  opened.push(store);
  return store;
};

/** A process of its own: its monotonic clock begins at zero. */
const asProcess = (clock: FakeClock): FakeClock => {
  const bornMs = clock.monotonicMs();
  return {
    ...clock,
    monotonicMs: () => clock.monotonicMs() - bornMs,
    get pendingTimers() {
      return clock.pendingTimers;
    },
  };
};

/** One life of the app: asks without pause until it is killed. Nothing of it but the store survives. */
async function live(clock: FakeClock, store: Store, forMs: number, sent: number[]) {
  const own = asProcess(clock);
  const memory = await openBudgetMemory({ connectionId: ONE, store, clock: own, log: silentLog });
  const budget = createBudget({ clock: own, memory });
  const killed = new AbortController();
  const ask = async (): Promise<void> => {
    const admission = await budget.acquire({
      lane: 'interactive',
      maxWaitMs: 1e9,
      signal: killed.signal,
    });
    if (admission.kind !== 'granted') return;
    sent.push(clock.monotonicMs());
    clock.setTimer(admission.release, 50);
    void ask();
  };
  for (let at = 0; at < 10; at += 1) void ask();
  await clock.advance(forMs);
  killed.abort();
  // A killed process has no timers; all it had begun to write is written by now.
  await memory.close();
  return { budget, memory };
}

const worst = (times: readonly number[], lengthMs: number): number =>
  Math.max(
    0,
    ...times.map((fromMs) => times.filter((at) => at >= fromMs && at - fromMs <= lengthMs).length),
  );

describe('the budget across restarts', () => {
  it('keeps both windows through ten starts within a minute', async () => {
    const clock = createFakeClock();
    const store = await aStore();
    const sent: number[] = [];
    for (let start = 0; start < 10; start += 1) {
      await live(clock, store, 3_700, sent);
      await clock.advance(1_900);
    }
    expect(sent.length).toBeGreaterThan(150);
    expect(worst(sent, 10_000)).toBeLessThanOrEqual(45);
  });

  it('counts what a killed process had sent and the server saw only later', async () => {
    const clock = createFakeClock();
    const store = await aStore();
    const early: number[] = [];
    await live(clock, store, 3_400, early);
    const late: number[] = [];
    await live(clock, store, 20_000, late);
    const seen = [...early.map((atMs) => atMs + 1_500), ...late];
    expect(late.length).toBeGreaterThan(40);
    expect(worst(seen, 10_000)).toBeLessThanOrEqual(50);
  });

  it('keeps the hour too', async () => {
    const clock = createFakeClock();
    const store = await aStore();
    const sent: number[] = [];
    for (let start = 0; start < 3; start += 1) await live(clock, store, 150_000, sent);
    // The last are for tokens and polls.
    expect(sent).toHaveLength(928);
    const { budget } = await live(clock, store, 0, sent);
    expect(budget.use().hour.used).toBe(928);
    await live(clock, store, 60 * MINUTE_MS, sent);
    expect(worst(sent, 3_600_000)).toBeLessThanOrEqual(950);
    expect(sent.length).toBeGreaterThan(1_200);
  });

  it('keeps them whenever a process dies, and whenever the clock is set while one runs or set back while none does', async () => {
    const life = fc.record({
      aliveMs: fc.integer({ min: 0, max: 6_000 }),
      stepAliveMs: fc.constantFrom(0, 0, -3_600_000, 3_600_000, 90_000, -90_000),
      aliveAgainMs: fc.integer({ min: 1_200, max: 4_000 }),
      goneMs: fc.integer({ min: 0, max: 8_000 }),
      stepGoneMs: fc.constantFrom(0, 0, 0, -3_600_000, -5_000),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(life, { minLength: 2, maxLength: 5 }), async (lives) => {
        const clock = createFakeClock();
        const store = await aStore();
        const sent: number[] = [];
        for (const { aliveMs, stepAliveMs, aliveAgainMs, goneMs, stepGoneMs } of lives) {
          clock.setTimer(() => clock.stepWall(stepAliveMs), aliveMs);
          await live(clock, store, aliveMs + aliveAgainMs, sent);
          await clock.advance(goneMs);
          clock.stepWall(stepGoneMs);
        }
        expect(worst(sent, 10_000)).toBeLessThanOrEqual(45);
      }),
      { numRuns: 25 },
    );
  });

  it('does not stand still because the clock was set back: the newest request counts as just sent', async () => {
    const clock = createFakeClock();
    const store = await aStore();
    const sent: number[] = [];
    await live(clock, store, 5_000, sent);
    clock.stepWall(-365 * 24 * 60 * MINUTE_MS);
    const before = sent.length;
    await live(clock, store, 11_000, sent);
    expect(sent.length).toBeGreaterThan(before);
  });

  it.each([
    ['set forward while nothing ran', [90]],
    ['set back, then forward, with a life between that heard no answer', [-70, 80]],
  ])('knows the hour again after the first answer when the clock was %s', async (_, steps) => {
    const clock = createFakeClock();
    const bornMs = clock.nowMs();
    const store = await aStore();
    /** What the API's `Date` says, whatever our own clock does. */
    const upstreamMs = () => Math.floor((bornMs + clock.monotonicMs()) / 1000) * 1000;
    const answered = { allowances: [], isRefusal: false };
    const open = async () => {
      const own = asProcess(clock);
      const memory = await openBudgetMemory({
        connectionId: ONE,
        store,
        clock: own,
        log: silentLog,
      });
      return { memory, budget: createBudget({ clock: own, memory }) };
    };
    const before = await open();
    before.budget.observed({ upstreamMs: upstreamMs(), ...answered });
    await before.memory.close();
    const sent: number[] = [];
    await live(clock, store, 150_000, sent);
    for (const [at, minutes] of steps.entries()) {
      if (at > 0) await (await open()).memory.close();
      clock.stepWall(minutes * MINUTE_MS);
    }
    for (let start = 0; start < 2; start += 1) {
      const { memory, budget } = await open();
      const two = [1, 2].map(() => budget.acquire({ lane: 'auth', maxWaitMs: 30_000 }));
      await clock.advance(start === 0 ? 0 : 15_000);
      // The second waits for the first one's answer, or its past is known by now.
      expect(budget.use()).toMatchObject({ total: 1, queued: { auth: 1 } });
      if (start === 0) expect(budget.use().hour.used).toBe(1);
      const first = await two[0];
      budget.observed({ upstreamMs: upstreamMs(), ...answered });
      if (first?.kind === 'granted') first.release();
      expect(budget.use().hour.used).toBeGreaterThanOrEqual(sent.length);
      await clock.advance(30_000);
      const second = await two[1];
      if (second?.kind === 'granted') second.release();
      await memory.close();
    }
  });

  it('goes on being silent for as long as the API asked', async () => {
    const clock = createFakeClock();
    const store = await aStore();
    const memory = await openBudgetMemory({ connectionId: ONE, store, clock, log: silentLog });
    createBudget({ clock, memory }).throttled(120_000);
    await memory.close();
    const sent: number[] = [];
    await live(clock, store, 100_000, sent);
    expect(sent).toHaveLength(0);
    await live(clock, store, 60_000, sent);
    expect(sent.length).toBeGreaterThan(0);
  });

  it('remembers background work as such', async () => {
    const clock = createFakeClock();
    const store = await aStore();
    const past = Array.from({ length: 712 }, (_, at) => ({
      atMs: clock.nowMs() - 1_000 - (712 - at) * 1_000,
      isBackground: true,
    }));
    await store.requests.add(ONE, past);
    const { budget } = await live(clock, store, 0, []);
    expect(budget.use().waitMs).toBeGreaterThan(MINUTE_MS);
    await clock.advance(200);
    const admission = await budget.acquire({ lane: 'interactive', maxWaitMs: 0 });
    expect(admission.kind).toBe('granted');
  });

  it('begins with nothing where nothing was sent, and keeps connections apart', async () => {
    const clock = createFakeClock();
    const store = await aStore();
    await live(clock, store, 3_000, []);
    const other = await openBudgetMemory({
      connectionId: connectionId('other'),
      store,
      clock,
      log: silentLog,
    });
    expect(other.past.spent).toEqual([]);
  });

  it('assumes the short window to be full where it cannot be known', async () => {
    const clock = createFakeClock();
    const store = await aStore();
    const fails = () => Promise.reject(new Error('disk I/O error'));
    const memory = await openBudgetMemory({
      connectionId: ONE,
      clock,
      log: silentLog,
      store: { ...store, requests: { ...store.requests, read: fails, add: fails } },
    });
    const budget = createBudget({ clock, memory });
    expect(budget.use().tenSeconds.used).toBe(45);
    const spent = await budget.acquire({ lane: 'interactive', maxWaitMs: 5_000 });
    expect(spent).toMatchObject({ kind: 'spent', waitMs: 10_500 });
    await clock.advance(10_600);
    const admission = await budget.acquire({ lane: 'interactive', maxWaitMs: 5_000 });
    expect(admission.kind).toBe('granted');
    await memory.close();
  });

  it('forgets what no window counts any more', async () => {
    const clock = createFakeClock();
    const store = await aStore();
    await live(clock, store, 60_000, []);
    await clock.advance(2 * 60 * MINUTE_MS);
    const again: number[] = [];
    await live(clock, store, 0, again);
    expect(await store.requests.read(ONE, 0)).toHaveLength(again.length);
  });
});
