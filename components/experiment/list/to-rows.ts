/** From readings to the rows of the list: every word and number decided here, nothing in the markup. */
import type { ExperimentStatus } from '@/lib/core/experiment/experiment';
import type { Reading } from '@/lib/core/live/reading';
import { toSparkline, type SparklinePicture } from '@/components/experiment/list/to-sparkline';
import { toDisplay, type Display, type DisplayState } from '@/lib/core/words/display-state';
import { countedUntilMs } from '@/lib/core/words/counted-until';
import type { Formats } from '@/lib/core/words/formats';
import type { Phrase } from '@/lib/core/words/phrase';
import { armOf, goalNameOf, nameOf, rangeValues } from '@/lib/core/words/reading-facts';
import { toRowLine } from '@/lib/core/words/row-line';
import { say } from '@/lib/core/words/say';
import { restTag, STATE_LOOK, toneOf, type Tag } from '@/lib/core/words/state-look';

export type Group = 'act' | 'decide' | 'close' | 'keep' | 'unread' | 'rest';

/** What stands in the place of a lift's curve. */
export type RowPicture =
  | { readonly kind: 'curve'; readonly picture: SparklinePicture; readonly label: Phrase }
  | { readonly kind: 'gate'; readonly share: number; readonly words: Phrase }
  | { readonly kind: 'withheld' }
  | { readonly kind: 'none' };

export interface Row {
  readonly key: string;
  readonly group: Group;
  readonly tag: Tag;
  readonly name: string;
  readonly project: string;
  readonly status: ExperimentStatus;
  /** Empty where no main goal is set. */
  readonly goal: string;
  readonly tags: readonly string[];
  readonly line: Phrase;
  readonly lift: string | null;
  /** The interval of the lift; where there is none, why. */
  readonly range: Phrase | null;
  readonly picture: RowPicture;
  readonly days: string;
  readonly age: string;
  readonly isStale: boolean;
  readonly isHarm: boolean;
}

const GROUP: Readonly<Record<DisplayState, Group>> = {
  loser: 'act',
  blocked: 'act',
  winner: 'decide',
  'several-winners': 'decide',
  'no-difference': 'decide',
  collecting: 'keep',
  inconclusive: 'keep',
  exploratory: 'keep',
  waiting: 'unread',
  'not-applicable': 'rest',
  draft: 'rest',
};

/** A lift that may not be compared is not told, as little as the call. */
const UNJUDGED: ReadonlySet<DisplayState> = new Set(['blocked', 'not-applicable']);

export function groupOf(display: Display): Group {
  if (display.rest !== null) return 'rest';
  // An arm that loses is to be acted on, whatever the others still do.
  if (display.hasLoserAside) return 'act';
  return display.isNearCall ? 'close' : GROUP[display.state];
}

export const toRows = (
  readings: readonly Reading[],
  nowMs: number,
  formats: Formats,
): readonly Row[] => readings.map((reading) => toRow(reading, nowMs, formats));

function toRow(reading: Reading, nowMs: number, formats: Formats): Row {
  const { experiment, analysis } = reading;
  const countedMs = countedUntilMs(reading);
  const display = toDisplay(reading, nowMs);
  const leader = analysis && armOf(analysis, subjectOf(reading));
  const comparison = UNJUDGED.has(display.state) ? null : (leader?.comparison ?? null);
  const lift = comparison?.lift ?? null;
  return {
    key: reading.questionKey,
    group: groupOf(display),
    tag: tagOf(reading, display),
    name: experiment.name,
    project: experiment.project.name,
    status: experiment.status,
    goal: goalNameOf(reading),
    tags: experiment.tags,
    line: toRowLine(reading, nowMs, formats),
    lift: lift === null ? null : formats.signedPercent(lift),
    range:
      lift === null
        ? noLift(display)
        : say('list.range', { ...rangeValues(comparison?.liftInterval ?? null, formats) }),
    picture: pictureOf(reading, display, formats, nowMs),
    days: analysis?.day == null ? '' : formats.count(analysis.day),
    age: countedMs === null ? '' : formats.duration(nowMs - countedMs),
    isStale: display.isStale,
    isHarm: display.state === 'loser' && display.rest === null && !display.isStale,
  };
}

/** Whose lift a row shows: whom the verdict names, else the leader. */
const subjectOf = ({ analysis }: Reading) => {
  const verdict = analysis?.verdict;
  return verdict?.variationId ?? analysis?.leaderId ?? null;
};

function tagOf(reading: Reading, display: Display): Tag {
  if (display.rest !== null) return restTag(display.rest, null);
  const look = STATE_LOOK[display.state];
  return {
    shape: look.shape,
    tone: toneOf(display),
    words: say(look.words),
    progress: display.isNearCall ? dayShare(reading) : gateShare(reading),
  };
}

const gateShare = ({ analysis }: Reading): number =>
  Math.min(1, ...(analysis?.arms.map((arm) => arm.comparison?.gateProgress ?? 1) ?? [0]));

const dayShare = ({ analysis }: Reading): number => Math.min(1, (analysis?.day ?? 0) / 7);

function noLift({ state }: Display): Phrase | null {
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
