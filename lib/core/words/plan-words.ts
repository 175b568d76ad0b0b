/** What was planned before the first look, and that a later wish came too late. */
import type { Reading } from '@/lib/core/live/reading';
import type { Formats } from '@/lib/core/words/formats';
import type { Phrase } from '@/lib/core/words/phrase';
import { say } from '@/lib/core/words/say';

export interface PlanWords {
  readonly planned: Phrase;
  /** The file of plans asks for something else since; what was frozen holds. */
  readonly refused: Phrase | null;
}

/** null before the first look. */
export function planInWords(
  { analysis, plan }: Reading,
  formats: Formats,
  nowMs: number,
): PlanWords | null {
  if (analysis === null || plan === null) return null;
  const { plannedEffect, plannedEnd } = analysis.method;
  const kind =
    plannedEffect === null
      ? plannedEnd === null
        ? 'none'
        : 'end'
      : plannedEnd === null
        ? 'effect'
        : 'both';
  const day = formats.day(plan.frozenAtMs, nowMs);
  return {
    planned: say('outlook.plan.planned', {
      kind,
      effect: formats.limit(plannedEffect ?? 0),
      people: formats.count(plannedEnd ?? 0),
      day,
    }),
    refused: plan.isWishRefused ? say('outlook.plan.refused', { day }) : null,
  };
}
