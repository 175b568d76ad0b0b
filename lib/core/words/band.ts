/**
 * The verdict band of a reading: tag, headline, sentence, one line of context and two facts, the same slots in every state.
 * Pure: the moment comes in as `nowMs`, text goes out as phrases.
 */
import {
  blockedParts,
  draftParts,
  notApplicableParts,
  waitingParts,
} from '@/lib/core/words/band-withheld';
import { withdrawnParts } from '@/lib/core/words/band-withdrawn';
import {
  loserParts,
  noDifferenceParts,
  severalParts,
  winnerParts,
} from '@/lib/core/words/band-decided';
import { fact, type BandInput, type BandParts, type Fact } from '@/lib/core/words/band-parts';
import {
  collectingParts,
  exploratoryParts,
  inconclusiveParts,
} from '@/lib/core/words/band-undecided';
import { toDisplay, type Display, type DisplayState } from '@/lib/core/words/display-state';
import { toAsides, type Aside } from '@/lib/core/words/band-asides';
import { askedInWords } from '@/lib/core/words/asked-words';
import { countedSinceMs } from '@/lib/core/words/counted-since';
import { countedUntilMs } from '@/lib/core/words/counted-until';
import type { Formats } from '@/lib/core/words/formats';
import { callInWords } from '@/lib/core/words/call-life';
import type { Reading } from '@/lib/core/live/reading';
import type { Phrase } from '@/lib/core/words/phrase';
import { isFirstVisits } from '@/lib/core/words/reading-facts';
import { say } from '@/lib/core/words/say';
import { withShortNames } from '@/lib/core/words/short-names';
import { fillOf, restTag, type Fill, type Tag } from '@/lib/core/words/state-look';
import { verdictTag } from '@/lib/core/words/verdict-tag';

export interface Band {
  readonly display: Display;
  readonly fill: Fill;
  /** The verdict's tag, then that of a pause. */
  readonly tags: readonly Tag[];
  readonly headline: Phrase;
  /** With names uncut, for hover, titles and announcements. */
  readonly headlineInFull: Phrase;
  /** Joins the headline when the data are old. */
  readonly asOf: Phrase | null;
  /** What the reader changed about the question, beside the tag: another certainty, another reference. */
  readonly asked: Phrase | null;
  readonly sentence: Phrase | null;
  readonly context: Phrase | null;
  /** What a decision counts, where that is not all people since the launch: beside the tag. */
  readonly basis: readonly Phrase[];
  /** Losers beside a state that is not about them, and guardrails that are harmed: each a line of its own. */
  readonly asides: readonly Aside[];
  readonly facts: readonly [Fact, Fact];
}

/** Longer names would push the verb out of the two lines there are. */
const HEADLINE_NAME = 44;

type JudgedState = Exclude<DisplayState, 'waiting' | 'draft'>;

const PARTS: Readonly<Record<JudgedState, (input: BandInput) => BandParts>> = {
  winner: winnerParts,
  'several-winners': severalParts,
  loser: loserParts,
  'no-difference': noDifferenceParts,
  collecting: collectingParts,
  inconclusive: inconclusiveParts,
  withdrawn: withdrawnParts,
  exploratory: exploratoryParts,
  blocked: blockedParts,
  'not-applicable': notApplicableParts,
};

export function toBand(reading: Reading, nowMs: number, formats: Formats): Band {
  const display = toDisplay(reading, nowMs);
  const parts = partsOf(reading, display, nowMs, formats);
  const found = verdictTag(reading.analysis, display, (atMs) => formats.day(atMs, nowMs));
  const tag: Tag = {
    ...found,
    words: parts.tagWords ?? found.words,
    progress: parts.progress ?? 0,
  };
  const { asOfMs } = reading.freshness;
  const band: Band = {
    display,
    fill: fillOf(display),
    tags: [tag],
    headline: withShortNames(parts.headline, HEADLINE_NAME),
    headlineInFull: parts.headline,
    asOf:
      display.isStale && asOfMs !== null
        ? say('band.asOf', { time: formats.near(asOfMs, nowMs) })
        : null,
    asked: askedInWords(reading, formats),
    sentence: parts.sentence,
    context: parts.context,
    basis: basisOf(reading, formats, nowMs),
    asides: toAsides(reading, display, formats, nowMs),
    facts: parts.facts,
  };
  return display.rest ? atRest(band, display.rest, reading, nowMs, formats) : band;
}

function basisOf(reading: Reading, formats: Formats, nowMs: number): readonly Phrase[] {
  const sinceMs = countedSinceMs(reading);
  const basis: Phrase[] = [];
  if (reading.analysis !== null && isFirstVisits(reading.analysis))
    basis.push(say('band.basis.firstVisits'));
  if (sinceMs !== null) basis.push(say('band.basis.since', { day: formats.day(sinceMs, nowMs) }));
  return basis;
}

function partsOf(reading: Reading, display: Display, nowMs: number, formats: Formats): BandParts {
  if (display.state === 'draft') return draftParts(reading);
  if (display.state === 'waiting' || reading.analysis === null) return waitingParts(reading);
  return PARTS[display.state]({ reading, analysis: reading.analysis, display, formats, nowMs });
}

/** Paused or stopped: the last verdict stays, and the line below it says that nothing new is counted. */
function atRest(
  band: Band,
  rest: 'paused' | 'stopped',
  reading: Reading,
  nowMs: number,
  formats: Formats,
): Band {
  const { statusChangedAtMs, endedAtMs } = reading.experiment;
  const sinceMs = statusChangedAtMs ?? (rest === 'stopped' ? endedAtMs : null);
  const day = sinceMs === null ? null : formats.day(sinceMs, nowMs);
  const asOfMs = countedUntilMs(reading);
  const isCalled = reading.analysis?.call != null;
  return {
    ...band,
    tags: [...band.tags, restTag(rest, day)],
    context: say(`band.rest.${rest}`, { known: day === null ? 'no' : 'yes', day: day ?? '' }),
    facts: [
      fact(
        'band.label.sinceWhen',
        isCalled ? callInWords(reading, formats, nowMs) : say('band.call.none'),
      ),
      fact(
        'band.label.lastData',
        asOfMs === null
          ? say('band.fact.noData')
          : say('units.exact', { moment: formats.moment(asOfMs, nowMs), zone: formats.timeZone }),
      ),
    ],
  };
}
