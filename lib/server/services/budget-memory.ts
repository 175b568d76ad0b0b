import 'server-only';
import type { ConnectionId } from '@/lib/core/experiment/ids';
import type { Clock } from '@/lib/core/time/clock';
import type { BudgetMemory, BudgetPast } from '@/lib/server/kameleoon/budget';
import { KAMELEOON_LIMITS } from '@/lib/server/kameleoon/budget';
import type { Spent } from '@/lib/server/kameleoon/ledger';
import type { Log } from '@/lib/server/log/create-log';
import type { KeptPast } from '@/lib/server/services/kept-past';
import { laterBy, readKeptPast, toBudgetPast } from '@/lib/server/services/kept-past';
import type { Store } from '@/lib/server/store/open-store';
import type { KeptRequest } from '@/lib/server/store/request-repository';

/** A change of the difference between wall and monotonic clock beyond this is a clock that was set, not one that drifts. */
const STEP_MS = 1_000;
/** How soon a set clock is noticed while nothing goes out. */
const LOOK_MS = 1_000;
const WRITES_BETWEEN_CLEANING = 200;
/** `Date` is cut to whole seconds. */
const DATE_GRAIN_MS = 1_000;
/** Less than this may be that grain and the way of the answer: not worth writing down. */
const WORTH_KEEPING_MS = 2_000;
/** Where no answer ever tells the time, this many are remembered in vain. */
const MOST_OWN = 1_000;

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
 * begins with the windows as the API sees them. Kept times are of the wall clock and move along when it is set while
 * we run. What was done to it while nothing ran, the first answer shows: how far the API's clock is ahead of ours is
 * kept too, and where that has shrunk, ours was set forward, and the past is less long ago than it seemed.
 * A clock set back leaves kept times in the future; they move as a whole, the newest to now, which errs on the safe
 * side. So does a clock that stands still while the machine sleeps. Where nothing can be read, the short window counts as full.
 */
export async function openBudgetMemory(options: BudgetMemoryOptions): Promise<OpenBudgetMemory> {
  const { connectionId, clock, log } = options;
  const { requests, facts } = options.store;
  const { hour, tenSeconds } = KAMELEOON_LIMITS;
  const toOffsetMs = (): number => clock.nowMs() - clock.monotonicMs();

  const openedOffsetMs = toOffsetMs();
  const openedMs = clock.monotonicMs();
  let offsetMs = openedOffsetMs;
  let isConfirmed = false;
  /** What went out before an answer confirmed the past. */
  const own: Spent[] = [];
  let writes = 0;
  let hasFailed = false;
  let isClosed = false;

  const onFailure = (error: unknown): void => {
    if (!hasFailed)
      log.error({ error: String(error) }, 'requests cannot be remembered beyond a restart');
    hasFailed = true;
  };

  const kept: KeptPast | null = await readKeptPast(
    options.store,
    connectionId,
    clock.nowMs(),
  ).catch((error: unknown) => {
    onFailure(error);
    return null;
  });
  const full = { atMs: openedMs - KAMELEOON_LIMITS.stallMs, isBackground: false };
  const past: BudgetPast = kept
    ? toBudgetPast(kept, openedOffsetMs, hour.windowMs)
    : {
        spent: Array.from({ length: tenSeconds.limit }, () => full),
        heldUntilMs: Number.NEGATIVE_INFINITY,
      };

  /** How far the API's clock is ahead of our wall clock as it stands; the most it can be. */
  let aheadMs = kept?.aheadMs ?? null;
  let writtenAheadMs = aheadMs;

  /** One after another, each begun at once where nothing waits before it. */
  let tail = Promise.resolve();
  const write = (task: () => Promise<unknown>): void => {
    if (isClosed) return;
    tail = tail.then(task).then(() => undefined, onFailure);
  };

  const toRow = ({ atMs, isBackground }: Spent): KeptRequest => ({
    atMs: atMs + offsetMs,
    isBackground,
  });

  const keepAhead = (): void => {
    if (aheadMs === null) return;
    if (writtenAheadMs !== null && Math.abs(aheadMs - writtenAheadMs) < DATE_GRAIN_MS / 4) return;
    writtenAheadMs = aheadMs;
    const fact = { value: Math.round(aheadMs), knownAtMs: Math.round(clock.nowMs()) };
    write(() => facts.set(connectionId, 'upstream-ahead-ms', fact));
  };

  const followSteps = (): void => {
    const nowOffsetMs = toOffsetMs();
    const stepMs = nowOffsetMs - offsetMs;
    offsetMs = nowOffsetMs;
    if (aheadMs !== null) aheadMs -= stepMs;
    if (Math.abs(stepMs) <= STEP_MS) return;
    // In this order a crash between the two makes the past look later than it was, never earlier.
    if (stepMs < 0) keepAhead();
    write(() => requests.shift(connectionId, stepMs));
    keepAhead();
  };

  /** What this first answer shows the past to have been, where that is later than it seemed. */
  const confirm = (upstreamMs: number): BudgetPast | null => {
    const shownMs = aheadMs === null ? 0 : aheadMs - (upstreamMs - clock.nowMs());
    if (!kept || shownMs <= 0) return null;
    const corrected = laterBy(kept, shownMs);
    if (shownMs > WORTH_KEEPING_MS) {
      log.warn({ byMs: Math.round(shownMs) }, 'the clock was set forward while nothing ran');
      const stepMs = offsetMs - openedOffsetMs;
      const anew = corrected.requests.map((row) => ({ ...row, atMs: row.atMs + stepMs }));
      write(() => requests.forget(connectionId, clock.nowMs()));
      write(() => requests.add(connectionId, [...anew, ...own.map(toRow)]));
    }
    return toBudgetPast(corrected, openedOffsetMs, hour.windowMs);
  };
  const forgetOld = (): void => {
    const untilMs = clock.nowMs() - hour.windowMs;
    write(() => requests.forget(connectionId, untilMs));
  };

  let cancelLook = (): void => {};
  const look = (): void => {
    followSteps();
    cancelLook = clock.setTimer(look, LOOK_MS);
  };
  look();
  const isPastUncertain = kept?.aheadMs != null && kept.requests.length > 0;
  if (kept && !isPastUncertain) forgetOld();

  return {
    past,
    isPastUncertain,
    onSpent(spent) {
      if (spent.length === 0) return;
      followSteps();
      write(() => requests.add(connectionId, spent.map(toRow)));
      if (isPastUncertain && !isConfirmed && own.length < MOST_OWN) own.push(...spent);
      writes += 1;
      if (writes % WRITES_BETWEEN_CLEANING === 0) forgetOld();
    },
    onHeld(untilMs) {
      followSteps();
      const fact = { value: Math.round(untilMs + offsetMs), knownAtMs: Math.round(clock.nowMs()) };
      write(() => facts.set(connectionId, 'held-until-ms', fact));
    },
    onUpstreamTime(upstreamMs) {
      followSteps();
      const nowAheadMs = upstreamMs + DATE_GRAIN_MS - clock.nowMs();
      const corrected = isConfirmed ? null : confirm(upstreamMs);
      if (!isConfirmed) forgetOld();
      // The least delayed answer tells it best.
      aheadMs = isConfirmed && aheadMs !== null ? Math.max(aheadMs, nowAheadMs) : nowAheadMs;
      isConfirmed = true;
      keepAhead();
      return corrected;
    },
    async close() {
      isClosed = true;
      cancelLook();
      await tail;
    },
  };
}
