import 'server-only';

/** `known`: of the same moment as the last, and nothing new. `again`: the first answer after a hold, so it did not help. */
export type Refusal = 'known' | 'first' | 'again';

/** Silence after a 429, and the careful way back: one request alone, then two, four and so on while they are answered. */
export interface Throttle {
  /** Nothing goes out before. */
  heldUntilMs(): number;
  /** How many may be under way. */
  slots(): number;
  refused(holdMs: number, nowMs: number): Refusal;
  /** A request that went out at `sentMs` came back, or was lost, without a 429 since. */
  returned(sentMs: number): void;
  /** Nothing before that moment. */
  hold(untilMs: number): void;
}

export interface ThrottleOptions {
  readonly maxSlots: number;
  /** What a hold is doubled from while the API goes on refusing. */
  readonly holdMs: number;
  readonly heldUntilMs: number;
}

/** Not longer than a page may wait to be fresh again once the API has recovered. */
const LONGEST_DOUBLED_MS = 60_000;
/** So many answers in a row end a chain of refusals. */
const ANSWERS_TO_RECOVER = 5;

export function createThrottle(options: ThrottleOptions): Throttle {
  const { maxSlots } = options;
  let { heldUntilMs } = options;
  let slots = maxSlots;
  let refusals = 0;
  let answers = 0;

  return {
    heldUntilMs: () => heldUntilMs,
    slots: () => slots,
    refused(holdMs, nowMs) {
      const isStraightAfter = answers === 0;
      slots = 1;
      answers = 0;
      // Nothing goes out during a hold: this one was under way when the hold began.
      if (nowMs < heldUntilMs) {
        heldUntilMs = Math.max(heldUntilMs, nowMs + holdMs);
        return 'known';
      }
      refusals += 1;
      const doubledMs =
        refusals === 1 ? 0 : Math.min(LONGEST_DOUBLED_MS, options.holdMs * 2 ** (refusals - 1));
      heldUntilMs = nowMs + Math.max(holdMs, doubledMs);
      // What was answered in between says that the hold did help: two refusals by chance are no lasting limit.
      return refusals > 1 && isStraightAfter ? 'again' : 'first';
    },
    returned(sentMs) {
      if (sentMs < heldUntilMs) return;
      slots = Math.min(maxSlots, slots * 2);
      answers += 1;
      if (answers >= ANSWERS_TO_RECOVER) refusals = 0;
    },
    hold(untilMs) {
      heldUntilMs = Math.max(heldUntilMs, untilMs);
    },
  };
}
