import 'server-only';

import type { WindowUse } from '@/lib/server/kameleoon/client';
import type { Pace, PaceState } from '@/lib/server/kameleoon/pace';
import { paceReadyAtMs, startPace, takeFromPace } from '@/lib/server/kameleoon/pace';
import type { RateWindow } from '@/lib/server/kameleoon/sliding-log';
import { countInWindow, freeAtMs, prune } from '@/lib/server/kameleoon/sliding-log';

export interface LedgerLimits {
  readonly tenSeconds: RateWindow;
  readonly hour: RateWindow;
  /** The part of the hour that background work may use, evenly spread. */
  readonly backgroundShare: number;
  /** How far background work may run ahead of that pace: a cold start. */
  readonly backgroundBurst: number;
}

/** One request that went out, by the monotonic clock; before this process began that is below zero. */
export interface Spent {
  readonly atMs: number;
  readonly isBackground: boolean;
}

/** What has been spent, and from when on more may be. Times are of the monotonic clock. */
export interface Ledger {
  /** The earliest moment, not before `nowMs`, at which both windows let one more out. */
  windowsFreeAtMs(nowMs: number): number;
  /** The same for background work, by its share and its pace alone. */
  backgroundFreeAtMs(nowMs: number): number;
  add(spent: Spent): void;
  /** Somebody else spent what was left of the short window. Gives the entries that stand for it. */
  fillShortWindow(nowMs: number): readonly Spent[];
  use(nowMs: number): { readonly tenSeconds: WindowUse; readonly hour: WindowUse };
}

/** `past`: what earlier processes spent on the same credential, oldest first. */
export function createLedger(
  limits: LedgerLimits,
  past: readonly Spent[],
  startMs: number,
): Ledger {
  const { tenSeconds, hour } = limits;
  const share: RateWindow = {
    limit: Math.floor(hour.limit * limits.backgroundShare),
    windowMs: hour.windowMs,
  };
  const pace: Pace = { burst: limits.backgroundBurst, perMs: share.limit / hour.windowMs };
  let log: number[] = [];
  let backgroundLog: number[] = [];
  let paceState: PaceState = startPace(pace, past[0]?.atMs ?? startMs);

  const add = ({ atMs, isBackground }: Spent): void => {
    log = [...prune(log, hour.windowMs, atMs), atMs];
    if (!isBackground) return;
    backgroundLog = [...prune(backgroundLog, hour.windowMs, atMs), atMs];
    paceState = takeFromPace(pace, paceState, atMs);
  };
  for (const spent of past) add(spent);

  return {
    windowsFreeAtMs: (nowMs) =>
      Math.max(freeAtMs(log, tenSeconds, nowMs), freeAtMs(log, hour, nowMs)),
    backgroundFreeAtMs: (nowMs) =>
      Math.max(paceReadyAtMs(pace, paceState, nowMs), freeAtMs(backgroundLog, share, nowMs)),
    add,
    fillShortWindow(nowMs) {
      const missing = Math.max(0, tenSeconds.limit - countInWindow(log, tenSeconds, nowMs));
      const phantoms = Array.from({ length: missing }, () => ({
        atMs: nowMs,
        isBackground: false,
      }));
      for (const phantom of phantoms) add(phantom);
      return phantoms;
    },
    use: (nowMs) => ({
      tenSeconds: { ...tenSeconds, used: countInWindow(log, tenSeconds, nowMs) },
      hour: { ...hour, used: countInWindow(log, hour, nowMs) },
    }),
  };
}
