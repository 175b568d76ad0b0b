/** What the life of a call adds to a decided band: that it is shaken, that it crosses zero again, that it is final. */
import type { ArmReading } from '@/lib/core/analysis/analysis';
import { fact, type BandInput, type Fact } from '@/lib/core/words/band-parts';
import { callOfVariation, shakenSinceMs, verdictCalls } from '@/lib/core/words/call-life';
import type { Phrase } from '@/lib/core/words/phrase';
import { findReason } from '@/lib/core/words/reading-facts';
import { say } from '@/lib/core/words/say';

/** The line under the sentence where the call is not simply what this reading says; null where it is. */
export function lifeContext(
  { analysis, formats, nowMs }: BandInput,
  arm: ArmReading | null,
): Phrase | null {
  const comparison = arm?.comparison ?? null;
  if (comparison?.basis === 'final') return say('band.life.final');
  const call = callOfVariation(analysis, arm?.variationId ?? null) ?? analysis.call;
  const shakenMs = call === null ? null : shakenSinceMs([call]);
  if (shakenMs !== null) return say('band.life.shaken', { day: formats.day(shakenMs, nowMs) });
  if (comparison === null || !findReason(comparison.reasons, 'call-stands')) return null;
  const { lower, upper } = comparison.liftInterval ?? { lower: null, upper: null };
  const meetsZero = (lower ?? -1) <= 0 && (upper ?? 1) >= 0;
  return say(meetsZero ? 'band.life.crosses' : 'band.life.stands');
}

/** What would change the call; `usual` where it is neither shaken nor final. */
export function changeFact(
  { analysis }: BandInput,
  usual: 'band.fact.changeWin' | 'band.fact.changeHarm',
): Fact {
  const calls = verdictCalls(analysis);
  if (calls.length > 0 && calls.every(({ isFinal }) => isFinal))
    return fact('band.label.change', say('band.fact.changeFinal'));
  if (shakenSinceMs(calls) !== null)
    return fact('band.label.change', say('band.fact.changeShaken'));
  return fact('band.label.change', say(usual, { better: analysis.method.better }));
}
