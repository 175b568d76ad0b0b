import 'server-only';

import type { Clock } from '@/lib/core/time/clock';

/** `half-open`: one request is out to see whether the other side is back; the others wait for its outcome. */
export type BreakerState = 'closed' | 'open' | 'half-open';

export interface BreakerLimits {
  /** Calls of this long count. */
  readonly windowMs: number;
  /** Fewer calls than this prove nothing: one failure must not shut everything off. */
  readonly minCalls: number;
  /** Opens when this part of them failed. */
  readonly failureShare: number;
  /** Nothing goes out for so long; then one request tries. */
  readonly openMs: number;
}

/** security-and-reliability C4; open for less than the minute within which a page must recover. */
export const BREAKER_LIMITS: BreakerLimits = {
  windowMs: 30_000,
  minCalls: 10,
  failureShare: 0.5,
  openMs: 20_000,
};

/**
 * `good`: it was answered, be it with a 4xx or 429: the other side works. `failed`: it was not, or with nonsense.
 * `unknown`: it never went out.
 */
export type CallOutcome = 'good' | 'failed' | 'unknown';

export type Passage =
  | { readonly kind: 'pass'; readonly isProbe: boolean; done(outcome: CallOutcome): void }
  /** Nothing should be sent for another `waitMs`. */
  | { readonly kind: 'refused'; readonly waitMs: number };

/** Stops asking who does not answer, so that budget and deadlines are kept for when it does. */
export interface Breaker {
  /** Answers at once, but for those who arrive while a probe is out: they wait until it has come back. */
  enter(): Promise<Passage>;
  state(): BreakerState;
}

export function createBreaker({
  clock,
  limits = BREAKER_LIMITS,
}: {
  readonly clock: Clock;
  readonly limits?: BreakerLimits;
}): Breaker {
  let calls: { readonly atMs: number; readonly isFailure: boolean }[] = [];
  let openUntilMs: number | null = null;
  let probe: Promise<void> | null = null;

  const open = (): void => {
    openUntilMs = clock.monotonicMs() + limits.openMs;
    calls = [];
  };

  const record = (isFailure: boolean): void => {
    const nowMs = clock.monotonicMs();
    calls = [
      ...calls.filter(({ atMs }) => atMs > nowMs - limits.windowMs),
      { atMs: nowMs, isFailure },
    ];
    if (calls.length < limits.minCalls) return;
    const failures = calls.filter((call) => call.isFailure).length;
    if (failures >= limits.failureShare * calls.length) open();
  };

  const passOpenly = (): Passage => ({
    kind: 'pass',
    isProbe: false,
    done: once((outcome) => {
      // What was on its way when it opened tells nothing new.
      if (outcome !== 'unknown' && openUntilMs === null) record(outcome === 'failed');
    }),
  });

  const passAsProbe = (): Passage => {
    let tell = (): void => {};
    probe = new Promise((resolve) => (tell = resolve));
    const done = once((outcome: CallOutcome) => {
      probe = null;
      if (outcome === 'good') openUntilMs = null;
      else if (outcome === 'failed') open();
      tell();
    });
    return { kind: 'pass', isProbe: true, done };
  };

  return {
    async enter() {
      for (;;) {
        if (openUntilMs === null) return passOpenly();
        const waitMs = openUntilMs - clock.monotonicMs();
        if (waitMs > 0) return { kind: 'refused', waitMs };
        if (probe === null) return passAsProbe();
        await probe;
      }
    },
    state: () => (openUntilMs === null ? 'closed' : probe ? 'half-open' : 'open'),
  };
}

function once(tell: (outcome: CallOutcome) => void): (outcome: CallOutcome) => void {
  let isTold = false;
  return (outcome) => {
    if (isTold) return;
    isTold = true;
    tell(outcome);
  };
}
