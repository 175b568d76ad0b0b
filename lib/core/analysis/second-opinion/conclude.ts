import type {
  Claim,
  Conclusion,
  SecondOpinion,
  StepId,
} from '@/lib/core/analysis/second-opinion/second-opinion';
import type { Stride } from '@/lib/core/analysis/second-opinion/steps';

export interface Both {
  /** null: no figure. */
  readonly platform: Claim | null;
  readonly ours: SecondOpinion['ours'];
  readonly hasEarlierCall: boolean;
  /** Of the whole family. */
  readonly alpha: number;
}

/** Who is surer, and by which step most. Nothing said yet counts as left open; nothing judged cannot be compared. */
export function conclude(
  { platform, ours, hasEarlierCall, alpha }: Both,
  strides: readonly Stride[],
): Conclusion {
  if (platform === null) return { kind: 'cannot-compare', why: 'no-platform-figure' };
  if (ours.state === 'blocked' || ours.state === 'not-applicable')
    return { kind: 'cannot-compare', why: 'nothing-judged' };
  const claim = ours.claim ?? 'open';
  if (claim === platform) return { kind: 'agrees', claim };
  if (platform === 'open' && claim !== 'open') {
    const stepId = mainStep(strides, claim, -1, alpha);
    return { kind: 'platform-less-sure', claim, stepId, hasEarlierCall };
  }
  if (platform === 'open') return { kind: 'agrees', claim: platform };
  const stepId = mainStep(strides, platform, 1, alpha);
  return claim === 'open'
    ? { kind: 'platform-surer', claim: platform, stepId }
    : { kind: 'opposite', ours: claim, stepId };
}

/**
 * The step that moves ln p of a claim most: up (1, less sure of it) or down (-1, surer). A gate that holds back what the
 * figure alone would have said is the one that matters.
 */
function mainStep(
  strides: readonly Stride[],
  claim: 'higher' | 'lower',
  way: 1 | -1,
  alpha: number,
): StepId | null {
  let largest = 1e-9;
  let id: StepId | null = null;
  for (const { step, before, after } of strides) {
    if (!step.changed || before === null) continue;
    if (step.id === 'gates') {
      if (way === 1 && before.figure.p <= alpha) return 'gates';
      continue;
    }
    const moved = after === null ? 0 : way * (after.lnP[claim] - before.lnP[claim]);
    if (moved > largest) [largest, id] = [moved, step.id];
  }
  return id;
}
