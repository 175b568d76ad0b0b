/** The life of a call in words: called, not yet confirmed, confirmed. */
import type { Reading } from '@/lib/core/live/reading';
import type { Formats } from '@/lib/core/words/formats';
import type { Phrase } from '@/lib/core/words/phrase';
import { nameOf } from '@/lib/core/words/reading-facts';
import { say } from '@/lib/core/words/say';

/** Since when the shown state has been called; for a decisive state that is not in the record yet, "at this reading". */
export function callInWords(reading: Reading, formats: Formats, nowMs: number): Phrase {
  const call = reading.analysis?.call ?? null;
  if (call === null) return say('band.call.now');
  const verdictId = reading.analysis?.verdict.variationId ?? null;
  const values = { moment: formats.moment(call.calledAtMs, nowMs), day: call.day };
  if (call.variationId !== null && verdictId !== null && call.variationId !== verdictId)
    return say('band.call.other', { ...values, name: nameOf(reading, call.variationId) });
  return call.confirmedAtMs === null
    ? say('band.call.unconfirmed', values)
    : say('band.call.confirmed', {
        ...values,
        confirmed: formats.day(call.confirmedAtMs, nowMs),
      });
}
