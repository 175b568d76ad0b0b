/** The band of a call that was withdrawn: that it is, why, and what it was. */
import type { Call } from '@/lib/core/analysis/call';
import { fact, liftSentence, type BandInput, type BandParts } from '@/lib/core/words/band-parts';
import type { Formats } from '@/lib/core/words/formats';
import type { Phrase } from '@/lib/core/words/phrase';
import { armOf, nameOf, rangeValues, sharesInWords } from '@/lib/core/words/reading-facts';
import { say } from '@/lib/core/words/say';

export function withdrawnParts(input: BandInput): BandParts {
  const { reading, analysis, formats, nowMs } = input;
  const { call } = analysis;
  const arm = armOf(analysis, call?.variationId ?? null);
  return {
    headline: say('band.withdrawn.headline', { name: nameOf(reading, call?.variationId ?? null) }),
    sentence: liftSentence(input, arm, 'band.withdrawn.now') ?? say('band.withdrawn.nothingNow'),
    context: call && whatItWas(call, formats, nowMs),
    facts: [
      fact('band.label.why', call ? whyWithdrawn(call, formats, nowMs) : say('band.call.none')),
      fact('band.label.stays', say('band.withdrawn.stays')),
    ],
  };
}

/** "It was called on 12 May, at +17.6%, between +5.1% and +31.5%." */
function whatItWas(call: Call, formats: Formats, nowMs: number): Phrase {
  const figures = call.events[0]?.figures;
  const lift = figures?.lift ?? null;
  return say('band.withdrawn.was', {
    day: formats.day(call.calledAtMs, nowMs),
    state: call.state === 'no-difference' ? 'noDifference' : call.state,
    known: lift === null ? 'no' : 'yes',
    lift: formats.signedPercent(lift ?? 0),
    ...rangeValues(figures?.liftInterval ?? null, formats),
  });
}

/** Without a full stop: a fact, a cell of the record. */
export function whyWithdrawn(
  { withdrawn, state, events }: Call,
  formats: Formats,
  nowMs: number,
): Phrase {
  const reason = withdrawn?.reason;
  switch (reason?.kind) {
    case 'split-broken':
      return say(
        'band.withdrawn.split',
        sharesInWords(reason.observed, reason.configured, formats),
      );
    case 'unit-visits':
      return say('band.withdrawn.unit');
    case 'superseded':
      return say('band.withdrawn.superseded');
    default: {
      const shaken = events.findLast(({ kind }) => kind === 'shaken');
      return say('band.withdrawn.fellBack', {
        state,
        shaken: shaken ? 'yes' : 'no',
        day: shaken ? formats.day(shaken.atMs, nowMs) : '',
      });
    }
  }
}
