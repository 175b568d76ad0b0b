/** Settings, age and method in sentences: what every picture and every printed page carries. */
import type { Reading } from '@/lib/core/live/reading';
import { lastCountedMs } from '@/lib/core/experiment/last-counted';
import { countedSinceMs } from '@/lib/core/words/counted-since';
import type { Formats } from '@/lib/core/words/formats';
import { goalNameOf, referenceNameOf } from '@/lib/core/words/reading-facts';
import type { Phrase } from '@/lib/core/words/phrase';
import { say } from '@/lib/core/words/say';

export function toStamp(reading: Reading, nowMs: number, formats: Formats): readonly Phrase[] {
  const { analysis, experiment, freshness } = reading;
  const { asOfMs } = freshness;
  if (analysis === null || asOfMs === null) return [say('takeAway.stamp.noData')];
  const goal = goalNameOf(reading);
  const reference = referenceNameOf(reading);
  const fromMs = countedSinceMs(reading) ?? experiment.startedAtMs;
  const flag = (is: boolean): string => (is ? 'yes' : 'no');
  return [
    say('takeAway.stamp.of', {
      hasGoal: flag(goal !== ''),
      goal,
      hasReference: flag(reference !== ''),
      reference,
      level: formats.limit(analysis.confidenceLevel),
      unit: analysis.unit,
      hasFrom: flag(fromMs !== null),
      from: fromMs === null ? '' : formats.moment(fromMs, nowMs),
      until: formats.moment(lastCountedMs(experiment, asOfMs), nowMs),
    }),
    say('takeAway.stamp.age', {
      moment: formats.exact(asOfMs),
      age: formats.duration(nowMs - asOfMs),
    }),
    say('takeAway.stamp.method'),
  ];
}
