/** From a reading to its row of the list: every word and number decided here, nothing in the markup. */
import { STALE_AFTER_MS, type Reading } from '@/lib/core/live/reading';
import { toSparkline, type SparklinePicture } from '@/components/experiment/list/to-sparkline';
import { toDisplay, type Display, type DisplayState } from '@/lib/core/words/display-state';
import { countedUntilMs } from '@/lib/core/words/counted-until';
import type { Formats } from '@/lib/core/words/formats';
import type { Phrase } from '@/lib/core/words/phrase';
import { armOf, goalNameOf, nameOf, rangeValues } from '@/lib/core/words/reading-facts';
import { toRowLine } from '@/lib/core/words/row-line';
import { say } from '@/lib/core/words/say';
import { restTag, type Tag } from '@/lib/core/words/state-look';
import { verdictTag } from '@/lib/core/words/verdict-tag';

/** What stands in the place of a lift's curve. */
export type RowPicture =
  | { readonly kind: 'curve'; readonly picture: SparklinePicture; readonly label: Phrase }
  | { readonly kind: 'gate'; readonly share: number; readonly words: Phrase }
  | { readonly kind: 'withheld' }
  | { readonly kind: 'none' };

export interface Row {
  readonly key: string;
  readonly tag: Tag;
  readonly name: string;
  readonly project: string;
  /** Empty where no main goal is set. */
  readonly goal: string;
  readonly line: Phrase;
  readonly lift: string | null;
  /** The interval of the lift; where there is none, why. */
  readonly range: Phrase | null;
  readonly picture: RowPicture;
  readonly days: string;
  /** Until when people were counted, from which the age goes; null: nothing was read yet. */
  readonly countedMs: number | null;
  readonly isStale: boolean;
  readonly isHarm: boolean;
}

/** A lift that may not be compared is not told, as little as the call. */
const UNJUDGED: ReadonlySet<DisplayState> = new Set(['blocked', 'not-applicable']);

export function toRow(reading: Reading, nowMs: number, formats: Formats): Row {
  const { experiment, analysis } = reading;
  const display = toDisplay(reading, nowMs);
  const leader = analysis && armOf(analysis, subjectOf(reading));
  const comparison = UNJUDGED.has(display.state) ? null : (leader?.comparison ?? null);
  const lift = comparison?.lift ?? null;
  return {
    key: reading.questionKey,
    tag: tagOf(reading, display),
    name: experiment.name,
    project: experiment.project.name,
    goal: goalNameOf(reading),
    line: toRowLine(reading, nowMs, formats),
    lift: lift === null ? null : formats.signedPercent(lift),
    range:
      lift === null
        ? noLift(display, reading)
        : say('list.range', { ...rangeValues(comparison?.liftInterval ?? null, formats) }),
    picture: pictureOf(reading, display, formats, nowMs),
    days: analysis?.day == null ? '' : formats.count(analysis.day),
    countedMs: countedUntilMs(reading),
    isStale: display.isStale,
    isHarm: display.state === 'loser' && display.rest === null && !display.isStale,
  };
}

/** Days begin with one in every time zone. */
const QUARTER_MS = 15 * 60 * 1000;

/**
 * The last moment at which the words of a row may have changed by the passing of time alone: a full quarter of an hour,
 * or when its data became stale. Its age is told apart, by the second.
 */
export function momentOf({ freshness }: Reading, nowMs: number): number {
  const quarterMs = Math.floor(nowMs / QUARTER_MS) * QUARTER_MS;
  const staleMs = (freshness.asOfMs ?? Infinity) + STALE_AFTER_MS + 1;
  return nowMs >= staleMs ? Math.max(quarterMs, staleMs) : quarterMs;
}

/** Whose lift a row shows: whom the verdict names, else the leader. */
const subjectOf = ({ analysis }: Reading) => {
  const verdict = analysis?.verdict;
  return verdict?.variationId ?? analysis?.leaderId ?? null;
};

function tagOf(reading: Reading, display: Display): Tag {
  if (display.rest !== null) return restTag(display.rest, null);
  return {
    ...verdictTag(reading.analysis, display, null),
    progress: display.isNearCall ? dayShare(reading) : gateShare(reading),
  };
}

const gateShare = ({ analysis }: Reading): number =>
  Math.min(1, ...(analysis?.arms.map((arm) => arm.comparison?.gateProgress ?? 1) ?? [0]));

const dayShare = ({ analysis }: Reading): number => Math.min(1, (analysis?.day ?? 0) / 7);

function noLift({ state, rest }: Display, { analysis }: Reading): Phrase | null {
  if (analysis === null && rest !== null) return say('list.noLift.unread');
  if (state === 'blocked') return say('list.noLift.blocked');
  if (state === 'not-applicable') return say('list.noLift.none');
  if (state === 'collecting') return say('list.noLift.early');
  return null;
}

function pictureOf(
  reading: Reading,
  display: Display,
  formats: Formats,
  nowMs: number,
): RowPicture {
  if (UNJUDGED.has(display.state)) return { kind: 'withheld' };
  const { analysis, sparkline } = reading;
  const share = gateShare(reading);
  if (display.state === 'collecting' && !display.isNearCall && share < 1)
    return {
      kind: 'gate',
      share,
      words: say('list.gate', { share: formats.wholePercent(share) }),
    };
  const picture = toSparkline(reading, nowMs);
  if (picture === null) return { kind: 'none' };
  const lift = armOf(analysis!, sparkline.variationId)?.comparison?.lift ?? null;
  return {
    kind: 'curve',
    picture,
    label: say('list.sparkline', {
      name: nameOf(reading, sparkline.variationId),
      lift: lift === null ? '' : formats.signedPercent(lift),
    }),
  };
}
