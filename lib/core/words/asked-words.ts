/** What a reader changed about the question: no call at another certainty or against another arm goes without saying so. */
import { DEFAULT_METHOD } from '@/lib/core/experiment/question';
import type { Reading } from '@/lib/core/live/reading';
import type { Formats } from '@/lib/core/words/formats';
import type { Phrase } from '@/lib/core/words/phrase';
import { armOf, nameOf } from '@/lib/core/words/reading-facts';
import { say } from '@/lib/core/words/say';

/** "at 80% certainty, against Video"; null where the question is the usual one. */
export function askedInWords({ analysis, ...reading }: Reading, formats: Formats): Phrase | null {
  if (analysis === null) return null;
  const { confidenceLevel, referenceId } = analysis;
  const isOtherLevel = confidenceLevel !== DEFAULT_METHOD.confidenceLevel;
  const reference = armOf(analysis, referenceId);
  const isOtherReference = reference !== null && !reference.isOriginal;
  const level = formats.wholePercent(confidenceLevel);
  const name = nameOf({ ...reading, analysis }, referenceId);
  if (isOtherLevel && isOtherReference) return say('band.asked.both', { level, reference: name });
  if (isOtherLevel) return say('band.asked.level', { level });
  return isOtherReference ? say('band.asked.against', { reference: name }) : null;
}
