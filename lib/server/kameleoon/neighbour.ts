import 'server-only';

import { createLearntLimit } from '@/lib/server/kameleoon/learnt-limit';
import type { RateWindow } from '@/lib/server/kameleoon/sliding-log';

export interface RefusalFacts {
  /** The hold after the last one did not help. */
  readonly isRepeated: boolean;
  readonly holdMs: number;
}

/** Somebody else who spends the hour of the same credential: what that leaves to us, learnt from refusals. */
export interface Neighbour {
  /** What we may use of the hour. */
  limitAt(nowMs: number): number;
  /** So long after the last request one more may go past that limit, to see whether it still holds. */
  trialMs(): number;
  /** A 429 while `inUse` counted in our hour. True when it is taken to mean the hour, not the short window. */
  refused(facts: RefusalFacts, inUse: number, nowMs: number): boolean;
  /** No 429 while `inUse` counted in our hour: there was room for so many. */
  answered(inUse: number, nowMs: number): void;
}

/** What a neighbour took is given back slowly: each try costs a refusal while it is still there. */
const MEMORY_MS = 1_800_000;
/** Below what was used when the API said no. */
const STEP_DOWN = 0.9;
/** With less than this part of the hour in use, a refusal has another reason than a neighbour. */
const LEAST_PLAUSIBLE = 0.4;
/** A hold so much longer than the short window means the hour. */
const HOUR_HOLD_FACTOR = 1.5;
/** So near to a learnt limit, a refusal is taken to mean it. */
const KNOWN_PART = 0.8;
/** A learnt limit may be wrong: it is tried now and then, less often when that is refused. */
const TRIAL_MS = 60_000;
const RAREST_TRIAL_MS = 240_000;
/** A trial that was answered makes room for so many more; each one after it for twice as many: the neighbour may be gone. */
const TRIAL_STEP = 5;

export function createNeighbour(hour: RateWindow, tenSeconds: RateWindow): Neighbour {
  const ours = createLearntLimit({ limit: hour.limit, recoveryMs: MEMORY_MS });
  let trialMs = TRIAL_MS;
  let step = TRIAL_STEP;

  return {
    limitAt: (nowMs) => ours.at(nowMs),
    trialMs: () => trialMs,
    refused({ isRepeated, holdMs }, inUse, nowMs) {
      const limit = ours.at(nowMs);
      const isKnown = limit < hour.limit && inUse >= KNOWN_PART * limit;
      // The short window comes back within its length; what outlasts it, or comes where it came before, is the hour.
      const isHour = isRepeated || isKnown || holdMs > HOUR_HOLD_FACTOR * tenSeconds.windowMs;
      if (!isHour) return false;
      step = TRIAL_STEP;
      const left = Math.floor(STEP_DOWN * inUse);
      if (left >= LEAST_PLAUSIBLE * hour.limit) ours.lower(left, nowMs);
      if (inUse >= limit) trialMs = Math.min(RAREST_TRIAL_MS, 2 * trialMs);
      return true;
    },
    answered(inUse, nowMs) {
      if (inUse < ours.at(nowMs)) return;
      ours.raise(inUse + step, nowMs);
      step *= 2;
      trialMs = TRIAL_MS;
    },
  };
}
