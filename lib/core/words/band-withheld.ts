/** The band where a verdict is withheld (blocked, not applicable) or cannot be there yet (not read, a draft). */
import { isStanding } from '@/lib/core/analysis/call';
import type { Reason } from '@/lib/core/analysis/reason';
import type { Reading } from '@/lib/core/live/reading';
import { fact, type BandInput, type BandParts } from '@/lib/core/words/band-parts';
import type { Formats } from '@/lib/core/words/formats';
import type { MessageKey } from '@/lib/core/words/messages';
import type { Phrase } from '@/lib/core/words/phrase';
import { problemTitle } from '@/lib/core/words/problem-words';
import { reasonInSentence } from '@/lib/core/words/reason-words';
import { allReasons, findReason, sharesInWords } from '@/lib/core/words/reading-facts';
import { say } from '@/lib/core/words/say';

interface Withheld {
  readonly headline: MessageKey;
  readonly lift: MessageKey;
}

const SPLIT: Withheld = { headline: 'band.blocked.split', lift: 'band.fact.liftSplit' };
const UNIT: Withheld = { headline: 'band.blocked.unit', lift: 'band.fact.liftUnit' };

/** What blocks, in the order in which it is told when several do. */
const BLOCKS = [
  ['split-broken', SPLIT],
  ['zero-weight-arm-has-visitors', SPLIT],
  ['split-changed', { headline: 'band.notApplicable.split', lift: 'band.fact.liftChanged' }],
  ['arms-changed', { headline: 'band.blocked.armsChanged', lift: 'band.fact.liftArms' }],
  ['counts-fell', { headline: 'band.blocked.counts', lift: 'band.fact.liftCounts' }],
  ['unit-visits', UNIT],
  ['unit-unproven', UNIT],
] as const satisfies readonly (readonly [Reason['kind'], Withheld])[];

/** The reason a block is told by; list and band agree because both ask here. */
export function blockingReason(input: Pick<BandInput, 'analysis'>): Reason | null {
  const reasons = allReasons(input.analysis);
  for (const [kind] of BLOCKS) {
    const reason = findReason(reasons, kind);
    if (reason) return reason;
  }
  return reasons[0] ?? null;
}

export function blockedParts(input: BandInput): BandParts {
  const { reading, formats, nowMs } = input;
  const reason = blockingReason(input);
  const known = BLOCKS.find(([kind]) => kind === reason?.kind)?.[1];
  return {
    headline: say(known?.headline ?? 'band.blocked.other'),
    sentence:
      reason?.kind === 'split-broken'
        ? say('band.blocked.shares', sharesInWords(reason.observed, reason.configured, formats))
        : reason && reasonInSentence(reason, reading, formats, nowMs),
    context: callMeanwhile(input),
    facts: [
      reason?.kind === 'split-broken'
        ? fact('band.label.accident', say('band.fact.accident', { n: oneIn(reason.p, formats) }))
        : fact('band.label.read', say('band.fact.read')),
      fact('band.label.lift', say(known?.lift ?? 'band.fact.liftOther')),
    ],
  };
}

/** What becomes of a call while nothing is judged: taken back, or only held back. */
function callMeanwhile({ analysis, formats, nowMs }: BandInput): Phrase {
  const call = analysis.call ?? analysis.calls.findLast(isStanding) ?? null;
  if (call === null) return say('band.blocked.shown');
  const day = formats.day(call.calledAtMs, nowMs);
  return call.withdrawn === null
    ? say('band.blocked.callFalls', { day })
    : say('band.blocked.callWithdrawn', {
        day,
        withdrawn: formats.day(call.withdrawn.atMs, nowMs),
      });
}

/** The round number a chance stays under: .00003 -> "10,000". */
function oneIn(p: number, formats: Formats): string {
  const power = p > 0 ? Math.floor(-Math.log10(p)) : 6;
  return formats.count(10 ** Math.min(6, Math.max(0, power)));
}

const INAPPLICABLE = [
  ['bandit', 'band.notApplicable.bandit'],
  ['multivariate', 'band.notApplicable.multivariate'],
  ['one-arm', 'band.notApplicable.arm'],
  ['no-reference', 'band.notApplicable.reference'],
  ['no-main-goal', 'band.notApplicable.goal'],
  ['not-started', 'band.notApplicable.start'],
  ['split-changed', 'band.notApplicable.split'],
  ['arms-changed', 'band.notApplicable.arms'],
  ['unit-visits', 'band.notApplicable.unit'],
  ['unit-unproven', 'band.notApplicable.unit'],
] as const satisfies readonly (readonly [Reason['kind'], MessageKey])[];

export function inapplicableReason({ analysis }: Pick<BandInput, 'analysis'>): {
  readonly reason: Reason | null;
  readonly headline: MessageKey;
} {
  const reasons = allReasons(analysis);
  for (const [kind, headline] of INAPPLICABLE) {
    const reason = findReason(reasons, kind);
    if (reason) return { reason, headline };
  }
  return { reason: reasons[0] ?? null, headline: 'band.notApplicable.other' };
}

export function notApplicableParts(input: BandInput): BandParts {
  const { reading, formats, nowMs, analysis } = input;
  const { reason, headline } = inapplicableReason(input);
  const people = analysis.arms.reduce((sum, arm) => sum + arm.visitors, 0);
  return {
    headline: say(headline),
    sentence: reason && reasonInSentence(reason, reading, formats, nowMs),
    context: people > 0 ? say('band.notApplicable.context') : null,
    facts: [
      fact('band.label.configured', say('band.fact.arms', { n: analysis.arms.length })),
      fact('band.label.read', say('band.fact.read')),
    ],
  };
}

export function waitingParts(reading: Reading): BandParts {
  const { problem } = reading.freshness;
  return {
    headline: say('band.waiting.headline'),
    sentence: say(problem ? 'band.waiting.failed' : 'band.waiting.sentence'),
    context: problem ? problemTitle(problem.code) : say('band.waiting.context'),
    facts: [fact('band.label.missing', say('band.fact.firstReading')), configured(reading)],
  };
}

export const draftParts = (reading: Reading): BandParts => ({
  headline: say('band.draft.headline'),
  sentence: say('band.draft.sentence'),
  context: say('band.draft.context'),
  facts: [fact('band.label.launch', say('band.fact.launchUnknown')), configured(reading)],
});

const configured = (reading: Reading) =>
  fact('band.label.configured', say('band.fact.arms', { n: reading.experiment.variations.length }));
