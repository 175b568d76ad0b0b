/** Every reason twice: a few words for the health line, and a sentence for the band. Exhaustive by type. */
import type { Reason } from '@/lib/core/analysis/reason';
import type { Reading } from '@/lib/core/live/reading';
import type { Formats } from '@/lib/core/words/formats';
import type { MessageKey } from '@/lib/core/words/messages';
import type { Phrase } from '@/lib/core/words/phrase';
import { nameOf, namesOf, sharesInWords } from '@/lib/core/words/reading-facts';
import { say } from '@/lib/core/words/say';

const SHORT: Readonly<Record<Reason['kind'], MessageKey>> = {
  'split-broken': 'reasons.splitBroken',
  'zero-weight-arm-has-visitors': 'reasons.zeroWeight',
  'split-changed': 'reasons.splitChanged',
  'split-unknown': 'reasons.splitUnknown',
  'counts-fell': 'reasons.countsFell',
  'unit-visits': 'reasons.unitVisits',
  'unit-unproven': 'reasons.unitUnproven',
  'first-visits': 'reasons.firstVisits',
  'arms-changed': 'reasons.armsChanged',
  bandit: 'reasons.bandit',
  multivariate: 'reasons.multivariate',
  'no-reference': 'reasons.noReference',
  'no-main-goal': 'reasons.noMainGoal',
  'one-arm': 'reasons.oneArm',
  'not-started': 'reasons.notStarted',
  exploratory: 'reasons.exploratory',
  'few-counts': 'reasons.fewCounts',
  'no-conversions': 'reasons.noConversions',
  'few-days': 'reasons.fewDays',
  'too-small-to-matter': 'reasons.tooSmall',
  'call-stands': 'reasons.callStands',
  'planned-end': 'reasons.plannedEnd',
  'beats-all': 'reasons.beatsAll',
  'none-best': 'reasons.noneBest',
};

const SENTENCE: Partial<Record<Reason['kind'], MessageKey>> = {
  'split-broken': 'reasons.sentence.splitBroken',
  'zero-weight-arm-has-visitors': 'reasons.sentence.zeroWeight',
  'split-changed': 'reasons.sentence.splitChanged',
  'split-unknown': 'reasons.sentence.splitUnknown',
  'counts-fell': 'reasons.sentence.countsFell',
  'unit-visits': 'reasons.sentence.unitVisits',
  'unit-unproven': 'reasons.sentence.unitUnproven',
  'first-visits': 'reasons.sentence.firstVisits',
  'arms-changed': 'reasons.sentence.armsChanged',
  bandit: 'reasons.sentence.bandit',
  multivariate: 'reasons.sentence.multivariate',
  'no-reference': 'reasons.sentence.noReference',
  'no-main-goal': 'reasons.sentence.noMainGoal',
  'one-arm': 'reasons.sentence.oneArm',
  'not-started': 'reasons.sentence.notStarted',
};

type Say = (reason: Reason, reading: Reading, formats: Formats, nowMs: number) => Phrase;

export const reasonInShort: Say = (reason, reading, formats, nowMs) =>
  say(SHORT[reason.kind], valuesOf(reason, reading, formats, nowMs));

export const reasonInSentence: Say = (reason, reading, formats, nowMs) =>
  say(SENTENCE[reason.kind] ?? 'reasons.sentence.other', valuesOf(reason, reading, formats, nowMs));

function valuesOf(
  reason: Reason,
  reading: Reading,
  formats: Formats,
  nowMs: number,
): NonNullable<Phrase['values']> {
  switch (reason.kind) {
    case 'split-broken':
      return sharesInWords(reason.observed, reason.configured, formats);
    case 'zero-weight-arm-has-visitors':
      return { name: nameOf(reading, reason.variationId), visitors: reason.visitors };
    case 'split-changed':
      return { day: formats.day(reason.atMs, nowMs) };
    case 'counts-fell':
      return { name: nameOf(reading, reason.variationId) };
    case 'arms-changed': {
      const names = namesOf(reading, reason.added, formats);
      return { known: names === '' ? 'no' : 'yes', names };
    }
    case 'few-days':
      return { days: reason.days, needed: reason.neededDays };
    case 'too-small-to-matter':
      return { limit: formats.limit(reason.smallestEffect) };
    default:
      return {};
  }
}
