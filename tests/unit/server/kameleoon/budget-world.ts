import { setMaxListeners } from 'node:events';
import { connectionId } from '@/lib/core/experiment/ids';
import type { Clock } from '@/lib/core/time/clock';
import type { Admission, Budget } from '@/lib/server/kameleoon/budget';
import { createBudget } from '@/lib/server/kameleoon/create-budget';
import type { Lane } from '@/lib/server/kameleoon/waiting-line';
import type { OpenBudgetMemory } from '@/lib/server/services/budget-memory';
import { openBudgetMemory } from '@/lib/server/services/budget-memory';
import { createFakeClock } from '@/tests/fakes/clock';
import { silentLog } from '@/tests/fakes/log';
import type { ServerKind } from '@/tests/unit/server/kameleoon/budget-judge';
import { createRateServer } from '@/tests/unit/server/kameleoon/budget-judge';
import { createMemoryStore } from '@/tests/unit/server/kameleoon/memory-store';

export interface Ask {
  readonly lane: Lane;
  /** Which of the app's lives asked. */
  readonly life: number;
  readonly askedMs: number;
  /** When it was let out or gave up; null while it waits. */
  endedMs: number | null;
  outcome: Admission['kind'] | null;
}

export interface WorldOptions {
  readonly seed: number;
  readonly server?: { readonly kind: ServerKind; readonly phaseMs: number };
  /** Parts of requests: slow to be seen (up to 1.5 s), given up while under way, cancelled while they wait. */
  readonly stalls?: number;
  readonly lost?: number;
  readonly cancelled?: number;
  /** About how long who was not served waits before asking anew. */
  readonly backOffMs?: number;
  /** Longest wait of people and of the rest. */
  readonly patienceMs?: readonly [number, number];
}

/** Seeded, so that a failure can be run again. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The API, the machine and the app's lives on it. Times are true time, from 0 on. */
export function createWorld(options: WorldOptions) {
  const { stalls = 0.01, lost = 0, cancelled = 0, patienceMs = [20_000, 60_000] } = options;
  const random = createRandom(options.seed);
  const clock = createFakeClock();
  const bornMs = clock.nowMs();
  const server = options.server && createRateServer(options.server.kind, options.server.phaseMs);
  const store = createMemoryStore();
  const asks: Ask[] = [];
  /** Of our requests: when the server saw them. */
  const seen: number[] = [];
  const refused: number[] = [];
  let life: { budget: Budget; memory: OpenBudgetMemory; dead: AbortController } | null = null;
  let lives = 0;

  /** Of one process: its own beginning of time, and no timers after its end. */
  const ownClock = (dead: AbortSignal): Clock => {
    const startMs = clock.monotonicMs() - Math.floor(1e6 * random());
    return {
      nowMs: () => clock.nowMs(),
      monotonicMs: () => clock.monotonicMs() - startMs,
      setTimer: (task, delayMs) => {
        const cancel = clock.setTimer(() => {
          if (!dead.aborted) task();
        }, delayMs);
        dead.addEventListener('abort', cancel, { once: true });
        return cancel;
      },
    };
  };
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => void clock.setTimer(resolve, ms));

  /** Sends what was let out; true when it was answered well. */
  const exchange = async (budget: Budget, dead: AbortSignal, release: () => void) => {
    const stallMs = random() < stalls ? 1_500 * Math.min(1, 2 * random()) : 5 + 40 * random();
    const isLost = random() < lost;
    const answered = pause(stallMs).then(() => {
      const atMs = clock.monotonicMs();
      seen.push(atMs);
      return server ? server.see(atMs) : true;
    });
    if (isLost) await pause(stallMs * random());
    else {
      const isGood = await answered;
      await pause(20 + 60 * random());
      if (dead.aborted) return false;
      const upstreamMs = Math.floor((bornMs + clock.monotonicMs()) / 1000) * 1000;
      budget.observed({ upstreamMs, allowances: [], isRefusal: !isGood });
      if (!isGood) {
        refused.push(clock.monotonicMs());
        budget.throttled(10_500);
      }
      release();
      return isGood;
    }
    if (!dead.aborted) release();
    return false;
  };

  const world = {
    clock,
    random,
    asks,
    seen,
    refused,
    store,
    lives: () => lives,
    use: () => {
      if (!life) throw new Error('nothing runs');
      return life.budget.use();
    },
    /** Somebody else on the credential. */
    spendBeside(requests: number): void {
      for (let i = 0; i < requests; i += 1) server?.see(clock.monotonicMs());
    },
    async start(): Promise<void> {
      const dead = new AbortController();
      setMaxListeners(0, dead.signal);
      const own = ownClock(dead.signal);
      const memory = await openBudgetMemory({
        connectionId: connectionId('one'),
        store,
        clock: own,
        log: silentLog,
      });
      life = { budget: createBudget({ clock: own, memory }), memory, dead };
      lives += 1;
    },
    /** As by `kill -9`: what was sent is under way, nothing else goes on. */
    async kill(): Promise<void> {
      life?.dead.abort();
      await life?.memory.close();
      life = null;
    },
    /** One request: whether it was answered well. */
    async request(lane: Lane, maxWaitMs: number, raised?: AbortSignal): Promise<boolean> {
      if (!life) return false;
      const { budget, dead } = life;
      const given = new AbortController();
      const giveUp = (): void => given.abort();
      dead.signal.addEventListener('abort', giveUp, { once: true });
      const cancelGivingUp =
        random() < cancelled ? clock.setTimer(giveUp, maxWaitMs * random()) : () => {};
      const askedMs = clock.monotonicMs();
      const ask: Ask = { lane, life: lives, askedMs, endedMs: null, outcome: null };
      asks.push(ask);
      const admission = await budget.acquire({ lane, maxWaitMs, signal: given.signal, raised });
      cancelGivingUp();
      dead.signal.removeEventListener('abort', giveUp);
      ask.endedMs = clock.monotonicMs();
      ask.outcome = admission.kind;
      return admission.kind === 'granted' && exchange(budget, dead.signal, admission.release);
    },
    /** Asks without end in that lane until `untilMs` or the end of this life; a report is a post and a poll. */
    async demand(kind: 'people' | 'reports', untilMs: number): Promise<void> {
      const mine = life;
      const goesOn = (): boolean => mine !== null && life === mine && clock.monotonicMs() < untilMs;
      while (goesOn()) {
        const isGood =
          kind === 'people'
            ? await world.request('interactive', patienceMs[0])
            : (await world.request('background', patienceMs[1])) &&
              (await pause(1_200), goesOn()) &&
              (await world.request('started', patienceMs[1]));
        await pause(isGood ? 1 : (options.backOffMs ?? 5_000) * (0.5 + random()));
      }
    },
  };
  return world;
}

export type World = ReturnType<typeof createWorld>;
