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
import {
  loserParts,
  noDifferenceParts,
  severalParts,
  winnerParts,
} from '@/lib/core/words/band-decided';
import {
  fact,
  liftSentence,
  type BandInput,
  type BandParts,
  type Fact,
} from '@/lib/core/words/band-parts';
import {
  collectingParts,
  exploratoryParts,
  inconclusiveParts,
} from '@/lib/core/words/band-undecided';
import { toDisplay, type Display, type DisplayState } from '@/lib/core/words/display-state';
import { askedInWords } from '@/lib/core/words/asked-words';
import { countedUntilMs } from '@/lib/core/words/counted-until';
import type { Formats } from '@/lib/core/words/formats';
import { callInWords } from '@/lib/core/words/call-life';
import type { Reading } from '@/lib/core/live/reading';
import type { Phrase } from '@/lib/core/words/phrase';
import { armOf } from '@/lib/core/words/reading-facts';
import { say } from '@/lib/core/words/say';
import { withShortNames } from '@/lib/core/words/short-names';
import {
  fillOf,
  restTag,
  STATE_LOOK,
  toneOf,
  type Fill,
  type Tag,
} from '@/lib/core/words/state-look';

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
  /** A loser beside an undecided state, in harm colour; it takes the place of the context. */
  readonly loserAside: Phrase | null;
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
  exploratory: exploratoryParts,
  blocked: blockedParts,
  'not-applicable': notApplicableParts,
};

export function toBand(reading: Reading, nowMs: number, formats: Formats): Band {
  const display = toDisplay(reading, nowMs);
  const parts = partsOf(reading, display, nowMs, formats);
  const look = STATE_LOOK[display.state];
  const tag: Tag = {
    shape: look.shape,
    tone: toneOf(display),
    words: parts.tagWords ?? say(look.words),
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
    loserAside: loserAside(reading, display, nowMs, formats),
    facts: parts.facts,
  };
  return display.rest ? atRest(band, display.rest, reading, nowMs, formats) : band;
}

function partsOf(reading: Reading, display: Display, nowMs: number, formats: Formats): BandParts {
  if (display.state === 'draft') return draftParts(reading);
  if (display.state === 'waiting' || reading.analysis === null) return waitingParts(reading);
  return PARTS[display.state]({ reading, analysis: reading.analysis, display, formats, nowMs });
}

function loserAside(
  reading: Reading,
  display: Display,
  nowMs: number,
  formats: Formats,
): Phrase | null {
  const { analysis } = reading;
  if (!display.hasLoserAside || analysis === null) return null;
  const arm = armOf(analysis, analysis.verdict.losers[0] ?? null);
  return liftSentence({ reading, analysis, display, formats, nowMs }, arm, 'band.oneLoses');
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
