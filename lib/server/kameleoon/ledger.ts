import 'server-only';

import type { Allowance } from '@/lib/server/kameleoon/allowance';
import { isOfHour, leftOf } from '@/lib/server/kameleoon/allowance';
import type { WindowUse } from '@/lib/server/kameleoon/client';
import type { RefusalFacts } from '@/lib/server/kameleoon/neighbour';
import { createNeighbour } from '@/lib/server/kameleoon/neighbour';
import type { Pace, PaceState } from '@/lib/server/kameleoon/pace';
import { paceReadyAtMs, spreadReadyAtMs } from '@/lib/server/kameleoon/pace';
import { startPace, takeFromPace } from '@/lib/server/kameleoon/pace';
import type { RateWindow } from '@/lib/server/kameleoon/sliding-log';
import { createSlidingLog } from '@/lib/server/kameleoon/sliding-log';
import type { ByLane, Lane } from '@/lib/server/kameleoon/waiting-line';

export interface LedgerLimits {
  readonly tenSeconds: RateWindow;
  readonly hour: RateWindow;
  /** What background work may use whatever people do: of the hour, evenly spread, and of the short window. */
  readonly backgroundShare: number;
  /** How far ahead of an even spread background work may run. */
  readonly burst: number;
  /** Requests of the hour that background work never borrows. */
  readonly keptForPeople: number;
  /** Requests of the hour that nothing new may use: a job that was posted near its end can still be polled. */
  readonly keptForStarted: number;
  /** Requests of the hour that are left for tokens alone. */
  readonly keptForAuth: number;
  /** The server may see a request as late as this after it was let out, even when we gave it up before. */
  readonly stallMs: number;
}

/** One request that went out, by the monotonic clock; before this process began that is below zero. */
export interface Spent {
  readonly atMs: number;
  readonly isBackground: boolean;
}

/** What has been spent, and from when on more may be. Times are of the monotonic clock. */
export interface Ledger {
  /** The earliest moment, not before `nowMs`, at which the windows let one more out. */
  windowsFreeAtMs(lane: Lane, nowMs: number): number;
  /** The same for new background work, which keeps to its pace and leaves some for people. */
  backgroundFreeAtMs(nowMs: number): number;
  /** A request goes out. Until `end` it counts in both windows: nobody knows when the server sees it. */
  begin(spent: Spent): void;
  end(spent: Spent, nowMs: number): void;
  lastBackgroundMs(): number;
  /** The API said 429. */
  refused(refusal: RefusalFacts, nowMs: number): void;
  /** The API said what is left. Gives entries that stand for what somebody else spent. */
  assume(allowance: Allowance, nowMs: number): readonly Spent[];
  /** The API did not say 429: there was room for what is in use. */
  answered(nowMs: number): void;
  /** `limit` is what is left to us beside a neighbour. */
  use(nowMs: number): { readonly tenSeconds: WindowUse; readonly hour: WindowUse };
}

/** What refusals may make us guess of the hour: an API that says 429 for other reasons must not use it up. */
const MOST_GUESSED = 45;

/** `past`: what earlier processes spent on the same credential, oldest first. */
export function createLedger(
  limits: LedgerLimits,
  past: readonly Spent[],
  startMs: number,
): Ledger {
  const { tenSeconds, hour, burst, keptForAuth } = limits;
  const keptFrom: ByLane<number> = {
    auth: 0,
    started: keptForAuth,
    interactive: keptForAuth + limits.keptForStarted,
    background: keptForAuth + limits.keptForStarted + limits.keptForPeople,
  };
  const neighbour = createNeighbour(hour, tenSeconds);
  const log = createSlidingLog();
  /** All of the log that is so recent, and what a refusal makes us guess, which says nothing of the hour. */
  const recent = createSlidingLog();
  const guessed = createSlidingLog();
  const logOf = ({ windowMs }: RateWindow) => (windowMs === tenSeconds.windowMs ? recent : log);
  const add = (atMs: number): void => {
    log.add(atMs);
    recent.add(atMs);
  };
  const toPace = (share: number, nowMs: number): Pace => ({
    burst,
    perMs: (share * neighbour.limitAt(nowMs)) / hour.windowMs,
  });
  const firstMs = past[0]?.atMs ?? startMs;
  let own: PaceState = startPace(toPace(limits.backgroundShare, firstMs), firstMs);
  let all: PaceState = startPace(toPace(1, firstMs), firstMs);
  let lastBackgroundMs = firstMs - hour.windowMs;
  let lastMs = past.at(-1)?.atMs ?? firstMs - hour.windowMs;
  let inFlight = 0;

  const count = ({ atMs, isBackground }: Spent): void => {
    log.prune(atMs - hour.windowMs);
    recent.prune(atMs - tenSeconds.windowMs);
    guessed.prune(atMs - hour.windowMs);
    all = takeFromPace(toPace(1, atMs), all, atMs);
    if (!isBackground) return;
    own = takeFromPace(toPace(limits.backgroundShare, atMs), own, atMs);
    lastBackgroundMs = Math.max(lastBackgroundMs, atMs);
  };

  const addOthers = (missing: number, atMs: number, nowMs: number): readonly Spent[] => {
    const phantoms = Array.from({ length: Math.max(0, missing) }, () => ({
      atMs,
      isBackground: false,
    }));
    for (const phantom of phantoms) {
      count({ ...phantom, atMs: nowMs });
      add(atMs);
    }
    return phantoms;
  };

  for (const spent of past) {
    count(spent);
    add(spent.atMs + limits.stallMs);
  }

  const freeAtMs = (window: RateWindow, nowMs: number): number => {
    const limit = window.limit - inFlight;
    // All of it under way: whoever comes back says more.
    return limit < 1
      ? nowMs + window.windowMs
      : logOf(window).freeAtMs({ ...window, limit }, nowMs);
  };
  const used = (window: RateWindow, nowMs: number): number =>
    inFlight + logOf(window).count(window.windowMs, nowMs);

  return {
    windowsFreeAtMs(lane, nowMs) {
      // Background work off its pace has waited long enough to go as people do.
      const reserve = keptFrom[lane === 'background' ? 'interactive' : lane];
      const hourMs = freeAtMs({ ...hour, limit: hour.limit - reserve }, nowMs);
      const learntMs = freeAtMs({ ...hour, limit: neighbour.limitAt(nowMs) - reserve }, nowMs);
      return Math.max(
        freeAtMs(tenSeconds, nowMs),
        Math.max(hourMs, Math.min(learntMs, lastMs + neighbour.trialMs())),
      );
    },
    backgroundFreeAtMs(nowMs) {
      log.prune(nowMs - hour.windowMs);
      const limit = neighbour.limitAt(nowMs) - keptFrom.background;
      const short = Math.max(1, Math.floor(tenSeconds.limit * limits.backgroundShare));
      const onPaceMs = Math.min(
        paceReadyAtMs(toPace(limits.backgroundShare, nowMs), own, nowMs),
        paceReadyAtMs(toPace(1, nowMs), all, nowMs),
      );
      const spread = { ...hour, times: log.times, limit, burst, inFlight };
      return Math.max(
        onPaceMs,
        freeAtMs({ ...tenSeconds, limit: short }, nowMs),
        freeAtMs({ ...hour, limit }, nowMs),
        spreadReadyAtMs(spread, lastBackgroundMs, nowMs),
      );
    },
    begin(spent) {
      inFlight += 1;
      lastMs = spent.atMs;
      count(spent);
    },
    end(spent, nowMs) {
      inFlight -= 1;
      add(Math.max(nowMs, spent.atMs + limits.stallMs));
    },
    lastBackgroundMs: () => lastBackgroundMs,
    refused(facts, nowMs) {
      if (neighbour.refused(facts, used(hour, nowMs), nowMs)) return;
      for (let left = tenSeconds.limit - used(tenSeconds, nowMs); left > 0; left -= 1) {
        recent.add(nowMs);
        if (guessed.count(hour.windowMs, nowMs) >= MOST_GUESSED) continue;
        guessed.add(nowMs);
        log.add(nowMs);
      }
    },
    assume(allowance, nowMs) {
      const window = isOfHour(allowance, tenSeconds) ? hour : tenSeconds;
      const usedByAll = window.limit - leftOf(allowance, window);
      const resetMs = Math.min(allowance.resetMs, window.windowMs);
      return addOthers(usedByAll - used(window, nowMs), nowMs + resetMs - window.windowMs, nowMs);
    },
    answered: (nowMs) => neighbour.answered(used(hour, nowMs), nowMs),
    use: (nowMs) => ({
      tenSeconds: { ...tenSeconds, used: used(tenSeconds, nowMs) },
      hour: { ...hour, limit: neighbour.limitAt(nowMs), used: used(hour, nowMs) },
    }),
  };
}
