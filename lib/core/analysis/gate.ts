import type { Reason } from '@/lib/core/analysis/reason';
import type { Sample } from '@/lib/core/stats/sample';

export interface Gate {
  readonly isOpen: boolean;
  /** Share of the gate reached, 0 to 1. */
  readonly progress: number;
  /** Why it is closed; null when open. */
  readonly reason: Reason | null;
}

/**
 * The counts gate of a pair (statistics A12.4): n p and n (1 - p) of both arms, with the p of both together, must reach
 * `needed`. Expected and not observed counts, so that 250 of 5,000 against 0 of 5,000 does not collect for ever.
 * `missing` is how many more people the pair needs at the present rate and split.
 * Example: 10 of 500 against 10 of 500, needed 25: smallest expected 10, progress 0.4, missing 1,500.
 */
export function countsGate(reference: Sample, other: Sample, needed: number): Gate {
  const n = reference.n + other.n;
  const converted = reference.x + other.x;
  const p = n > 0 ? converted / n : 0;
  const smallestN = Math.min(reference.n, other.n);
  const smallestExpected = smallestN * Math.min(p, 1 - p);
  // Below 1e-9 it is 0 up to rounding of 1 - p.
  const isKnown = smallestExpected > 1e-9;
  if (smallestExpected >= needed) return { isOpen: true, progress: 1, reason: null };
  return {
    isOpen: false,
    progress: isKnown ? smallestExpected / needed : 0,
    reason:
      n > 0 && converted === 0
        ? { kind: 'no-conversions' }
        : {
            kind: 'few-counts',
            smallestExpected: isKnown ? smallestExpected : 0,
            needed,
            missing: isKnown ? Math.ceil((n * needed) / smallestExpected - n) : null,
          },
  };
}
