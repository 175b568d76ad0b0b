/** From the platform's figure to our statement, in words: one row a step, one sentence at the end. */
import type {
  Conclusion,
  Figure,
  OpinionStep,
  SecondOpinion,
  StepReason,
} from '@/lib/core/analysis/second-opinion/second-opinion';
import type { Reading } from '@/lib/core/live/reading';
import type { Formats } from '@/lib/core/words/formats';
import type { Phrase } from '@/lib/core/words/phrase';
import { nameOf } from '@/lib/core/words/reading-facts';
import { say, type PlainWords } from '@/lib/core/words/say';

export interface OpinionRow {
  readonly key: string;
  readonly name: Phrase;
  readonly what: Phrase;
  /** The figure after the step; null where none can be given. */
  readonly figure: string | null;
  readonly changed: boolean;
  /** It could not be computed, and the figure is the one before. */
  readonly isPassed: boolean;
}

export interface OpinionWords {
  readonly key: string;
  readonly name: string;
  /** As the platform gave it. */
  readonly figure: string | null;
  readonly rows: readonly OpinionRow[];
  readonly conclusion: Phrase;
}

/** `plain` sets a reason inside the last sentence. */
export function opinionInWords(
  opinion: SecondOpinion,
  reading: Reading,
  formats: Formats,
  nowMs: number,
  plain: PlainWords,
): OpinionWords {
  const { variationId, platform, steps, conclusion } = opinion;
  const name = nameOf(reading, variationId);
  return {
    key: variationId,
    name,
    figure: platform.reliability === null ? null : formats.certainty(platform.reliability),
    rows: steps.map((step) => toRow(step, reading, formats, nowMs)),
    conclusion: concludeInWords(conclusion, name, plain),
  };
}

const toRow = (
  { id, after, changed, isRecomputed, reason }: OpinionStep,
  reading: Reading,
  formats: Formats,
  nowMs: number,
): OpinionRow => ({
  key: id,
  name: say(`opinion.step.${id}`),
  what: reasonWords(reason, reading, formats, nowMs),
  figure: figureWords(after, formats),
  changed,
  isPassed: !isRecomputed && reason.kind !== 'level-final',
});

const figureWords = (figure: Figure | null, formats: Formats): string | null =>
  figure === null ? null : formats.certainty(figure.confidence);

function reasonWords(
  reason: StepReason,
  reading: Reading,
  formats: Formats,
  nowMs: number,
): Phrase {
  const moment = (atMs: number | null): string =>
    atMs === null ? '' : formats.moment(atMs, nowMs);
  switch (reason.kind) {
    case 'other-reference':
      return say('opinion.reason.other-reference', {
        reference: nameOf(reading, reason.referenceId),
      });
    case 'all-conversions':
      return say('opinion.reason.all-conversions', {
        conversions: formats.count(reason.conversions),
        converted: formats.count(reason.converted),
      });
    case 'same-report':
    case 'counted-since':
      return say(`opinion.reason.${reason.kind}`, { moment: moment(reason.atMs) });
    case 'final-look':
      return say('opinion.reason.final-look', {
        known: reason.atMs === null ? 'no' : 'yes',
        moment: moment(reason.atMs),
      });
    case 'comparisons':
      return say('opinion.reason.comparisons', { comparisons: reason.comparisons });
    case 'level-shared':
    case 'level-final':
      return say(`opinion.reason.${reason.kind}`, { share: formats.wholePercent(reason.share) });
    case 'held-back':
      return say('opinion.reason.held-back', { state: reason.state });
    default:
      return say(`opinion.reason.${reason.kind}`);
  }
}

function concludeInWords(conclusion: Conclusion, name: string, plain: PlainWords): Phrase {
  if (conclusion.kind === 'cannot-compare')
    return say(`opinion.conclusion.${conclusion.why}`, { name });
  if (conclusion.kind === 'agrees')
    return say('opinion.conclusion.agrees', { name, claim: conclusion.claim });
  const { stepId } = conclusion;
  return say(`opinion.conclusion.${conclusion.kind}`, {
    name,
    claim: conclusion.kind === 'opposite' ? conclusion.ours : conclusion.claim,
    earlier: conclusion.kind === 'platform-less-sure' && conclusion.hasEarlierCall ? 'yes' : 'no',
    step: stepId ?? 'none',
    why: stepId === null ? '' : plain(say(`opinion.why.${stepId}`)),
  });
}
