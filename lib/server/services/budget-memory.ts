import 'server-only';
import type { ConnectionId } from '@/lib/core/experiment/ids';
import type { Clock } from '@/lib/core/time/clock';
import type { BudgetMemory } from '@/lib/server/kameleoon/budget';
import { KAMELEOON_LIMITS } from '@/lib/server/kameleoon/budget';
import type { Log } from '@/lib/server/log/create-log';
import type { Store } from '@/lib/server/store/open-store';

/** A change of the difference between wall and monotonic clock beyond this is a clock that was set, not one that drifts. */
const STEP_MS = 1_000;
/** How soon a set clock is noticed while nothing goes out. */
const LOOK_MS = 1_000;
const LONGEST_HOLD_MS = 3_600_000;
const WRITES_BETWEEN_CLEANING = 200;

export interface OpenBudgetMemory extends BudgetMemory {
  /** Waits for what is being written; what is spent later is not kept. */
  close(): Promise<void>;
}

export interface BudgetMemoryOptions {
  readonly connectionId: ConnectionId;
  readonly store: Pick<Store, 'requests' | 'facts'>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Bridges a restart: each request is written down before it goes out, so that the next process, also after a crash,
 * begins with the windows as the API sees them. The wall clock tells only the time between two processes: within one,
 * kept times move along when it is set. Times in the future (it was set back while nothing ran) move as a whole, the
 * newest to now, which errs on the safe side. Where nothing can be read, the short window counts as full.
 */
export async function openBudgetMemory(options: BudgetMemoryOptions): Promise<OpenBudgetMemory> {
  const { connectionId, clock, log } = options;
  const { requests, facts } = options.store;
  const { hour, tenSeconds } = KAMELEOON_LIMITS;
  const toOffsetMs = (): number => clock.nowMs() - clock.monotonicMs();

  let offsetMs = toOffsetMs();
  let writes = 0;
  let hasFailed = false;
  let isClosed = false;

  const onFailure = (error: unknown): void => {
    if (!hasFailed)
      log.error({ error: String(error) }, 'requests cannot be remembered beyond a restart');
    hasFailed = true;
  };

  const readPast = async (): Promise<BudgetMemory['past']> => {
    const nowMs = clock.nowMs();
    const monotonicMs = clock.monotonicMs();
    const kept = await requests.read(connectionId, nowMs - hour.windowMs);
    const aheadMs = Math.max(0, (kept.at(-1)?.atMs ?? nowMs) - nowMs);
    if (aheadMs > 0) await requests.shift(connectionId, -aheadMs);
    await requests.forget(connectionId, nowMs - hour.windowMs);
    const held = await facts.find(connectionId, 'held-until-ms');
    const holdMs = Math.min(LONGEST_HOLD_MS, (held?.value ?? nowMs) - nowMs);
    return {
      spent: kept.map(({ atMs, isBackground }) => ({
        atMs: monotonicMs - (nowMs - (atMs - aheadMs)),
        isBackground,
      })),
      heldUntilMs: monotonicMs + holdMs,
    };
  };

  const past = await readPast().catch((error: unknown): BudgetMemory['past'] => {
    onFailure(error);
    const spent = { atMs: clock.monotonicMs(), isBackground: false };
    return {
      spent: Array.from({ length: tenSeconds.limit }, () => spent),
      heldUntilMs: Number.NEGATIVE_INFINITY,
    };
  });

  /** One after another, each begun at once where nothing waits before it. */
  let tail = Promise.resolve();
  const write = (task: () => Promise<unknown>): void => {
    if (isClosed) return;
    tail = tail.then(task).then(() => undefined, onFailure);
  };

  const followSteps = (): void => {
    const nowOffsetMs = toOffsetMs();
    const stepMs = nowOffsetMs - offsetMs;
    offsetMs = nowOffsetMs;
    if (Math.abs(stepMs) > STEP_MS) write(() => requests.shift(connectionId, stepMs));
  };

  let cancelLook = (): void => {};
  const look = (): void => {
    followSteps();
    cancelLook = clock.setTimer(look, LOOK_MS);
  };
  look();

  return {
    past,
    onSpent(spent) {
      followSteps();
      const kept = spent.map(({ atMs, isBackground }) => ({ atMs: atMs + offsetMs, isBackground }));
      write(() => requests.add(connectionId, kept));
      writes += 1;
      if (writes % WRITES_BETWEEN_CLEANING > 0) return;
      const untilMs = clock.nowMs() - hour.windowMs;
      write(() => requests.forget(connectionId, untilMs));
    },
    onHeld(untilMs) {
      followSteps();
      const fact = { value: Math.round(untilMs + offsetMs), knownAtMs: Math.round(clock.nowMs()) };
      write(() => facts.set(connectionId, 'held-until-ms', fact));
    },
    async close() {
      isClosed = true;
      cancelLook();
      await tail;
    },
  };
}
