/** What the builders of a band share: what they are given, what they give, and sentences used by several. */
import type { Analysis, ArmReading } from '@/lib/core/analysis/analysis';
import type { Reading } from '@/lib/core/live/reading';
import type { Display } from '@/lib/core/words/display-state';
import type { Formats } from '@/lib/core/words/formats';
import type { MessageKey } from '@/lib/core/words/messages';
import type { Phrase } from '@/lib/core/words/phrase';
import { goalNameOf, nameOf, rangeValues } from '@/lib/core/words/reading-facts';
import { say } from '@/lib/core/words/say';

export interface Fact {
  readonly label: Phrase;
  readonly text: Phrase;
}

export interface BandParts {
  /** Where it says more than the state's own word. */
  readonly tagWords?: Phrase;
  readonly progress?: number;
  readonly headline: Phrase;
  readonly sentence: Phrase | null;
  readonly context: Phrase | null;
  readonly facts: readonly [Fact, Fact];
}

export interface BandInput {
  readonly reading: Reading;
  readonly analysis: Analysis;
  readonly display: Display;
  readonly formats: Formats;
  readonly nowMs: number;
}

export const fact = (label: MessageKey, text: Phrase): Fact => ({ label: say(label), text });

/** "+17.6% on Insurance subscription, between +5.1% and +31.5%." */
export function liftSentence(
  { reading, formats }: BandInput,
  arm: ArmReading | null,
  key: MessageKey = 'band.lift',
  more: Phrase['values'] = {},
): Phrase | null {
  const comparison = arm?.comparison ?? null;
  if (arm === null || comparison === null || comparison.lift === null) return null;
  return say(key, {
    name: nameOf(reading, arm.variationId),
    lift: formats.signedPercent(comparison.lift),
    goal: goalNameOf(reading),
    ...rangeValues(comparison.liftInterval, formats),
    ...more,
  });
}
