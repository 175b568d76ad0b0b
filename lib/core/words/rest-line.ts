/** "In one line" of what is paused or stopped: since when, and what was said last. */
import type { Reading } from '@/lib/core/live/reading';
import type { Display } from '@/lib/core/words/display-state';
import type { Formats } from '@/lib/core/words/formats';
import type { Phrase } from '@/lib/core/words/phrase';
import { nameOf, namesOf } from '@/lib/core/words/reading-facts';
import { say } from '@/lib/core/words/say';
import { withdrawnLine } from '@/lib/core/words/withdrawn-line';

export function restLine(
  reading: Reading,
  display: Display,
  rest: 'paused' | 'stopped',
  nowMs: number,
  formats: Formats,
): Phrase {
  const { statusChangedAtMs, endedAtMs } = reading.experiment;
  const sinceMs = statusChangedAtMs ?? (rest === 'stopped' ? endedAtMs : null);
  const values = {
    known: sinceMs === null ? 'no' : 'yes',
    day: sinceMs === null ? '' : formats.day(sinceMs, nowMs),
    name: nameOf(reading, reading.analysis?.verdict.variationId ?? null),
  };
  if (reading.analysis === null) return say(`list.line.${rest}Unread`, values);
  const { winners = [], losers = [] } = reading.analysis?.verdict ?? {};
  if (display.state === 'withdrawn') return withdrawnLine(reading, reading.analysis);
  if (display.state === 'no-difference') return say(`list.line.${rest}NoDifference`, values);
  if (display.state === 'several-winners')
    return say(`list.line.${rest}Several`, {
      ...values,
      names: namesOf(reading, winners, formats),
    });
  if (display.state === 'loser' && losers.length > 1)
    return say(`list.line.${rest}HarmMany`, {
      ...values,
      names: namesOf(reading, losers, formats),
    });
  if (values.name !== '' && display.state === 'winner')
    return say(`list.line.${rest}Winner`, values);
  if (values.name !== '' && display.state === 'loser') return say(`list.line.${rest}Harm`, values);
  return say(`list.line.${rest}Nothing`, values);
}
