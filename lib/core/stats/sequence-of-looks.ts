import type { Limits, Sample } from '@/lib/core/stats/sample';
import {
  alwaysValidP,
  lnEValue,
  sequenceMultiplier,
  tuneRho2,
} from '@/lib/core/stats/confidence-sequence';
import type { StandardErrors } from '@/lib/core/stats/standard-error';
import { standardErrors } from '@/lib/core/stats/standard-error';

export interface SequenceLook {
  /** Of the difference p_T - p_C; null where undefined. */
  readonly interval: Limits | null;
  readonly p: number | null;
  /** Smallest p of this and all earlier looks; 1 before any. */
  readonly pRunningMin: number;
  readonly crosses: boolean;
}

/**
 * The confidence sequence over cumulative looks in order of time, as `confidence-sequence` at each look.
 * Example: 71/1,476 against 74/1,524 at N* 10,000, alpha 0.05: first interval [-0.02461, 0.02551], p = 1.
 */
export function sequenceOfLooks(
  looks: readonly { readonly control: Sample; readonly treatment: Sample }[],
  {
    alpha,
    plannedVisitors,
    tune = tuneRho2,
    error = 'max',
  }: {
    readonly alpha: number;
    readonly plannedVisitors: number;
    readonly tune?: typeof tuneRho2;
    /** Which standard error; decisions take the larger one. */
    readonly error?: keyof StandardErrors;
  },
): readonly SequenceLook[] {
  const rho2 = tune(alpha, plannedVisitors);
  let pRunningMin = 1;
  return looks.map(({ control, treatment }) => {
    const errors = standardErrors(control, treatment);
    if (errors === null || errors[error] === 0)
      return { interval: null, p: null, pRunningMin, crosses: false };
    const n = control.n + treatment.n;
    const d = treatment.x / treatment.n - control.x / control.n;
    const half = sequenceMultiplier(n, rho2, alpha) * errors[error];
    const p = alwaysValidP(lnEValue(d / errors[error], n, rho2));
    pRunningMin = Math.min(pRunningMin, p);
    return {
      interval: { lower: d - half, upper: d + half },
      p,
      pRunningMin,
      crosses: Math.abs(d) > half,
    };
  });
}

/**
 * Index of the first look whose interval excludes 0; null when none does.
 * Example: looks crossing as [no, no, yes, no]: 2.
 */
export function firstCrossing(looks: readonly SequenceLook[]): number | null {
  const at = looks.findIndex((look) => look.crosses);
  return at < 0 ? null : at;
}
