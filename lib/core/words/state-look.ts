/** Shape, colour role and word of every state: one table for the band, the list and whatever comes later. */
import type { Display, DisplayState } from '@/lib/core/words/display-state';
import type { MessageKey } from '@/lib/core/words/messages';
import type { Phrase } from '@/lib/core/words/phrase';
import { say } from '@/lib/core/words/say';

export type VerdictShape =
  | 'up'
  | 'two-up'
  | 'down'
  | 'up-struck'
  | 'two-up-struck'
  | 'down-struck'
  | 'bars'
  | 'ring'
  | 'diamond'
  | 'diamond-struck'
  | 'octagon'
  | 'circle-bar'
  | 'pause'
  | 'square'
  | 'dashed-square';

export type Tone = 'win' | 'harm' | 'warn' | 'quiet';

export interface StateLook {
  readonly shape: VerdictShape;
  readonly tone: Tone;
  readonly words: MessageKey;
}

export const STATE_LOOK: Readonly<Record<DisplayState, StateLook>> = {
  winner: { shape: 'up', tone: 'win', words: 'band.tag.winner' },
  'several-winners': { shape: 'two-up', tone: 'win', words: 'band.tag.severalWinners' },
  loser: { shape: 'down', tone: 'harm', words: 'band.tag.harm' },
  'no-difference': { shape: 'bars', tone: 'quiet', words: 'band.tag.noDifference' },
  collecting: { shape: 'ring', tone: 'quiet', words: 'band.tag.collecting' },
  inconclusive: { shape: 'diamond', tone: 'quiet', words: 'band.tag.inconclusive' },
  withdrawn: { shape: 'diamond-struck', tone: 'warn', words: 'band.tag.withdrawn' },
  blocked: { shape: 'octagon', tone: 'warn', words: 'band.tag.blocked' },
  'not-applicable': { shape: 'circle-bar', tone: 'quiet', words: 'band.tag.notApplicable' },
  exploratory: { shape: 'diamond', tone: 'quiet', words: 'band.tag.exploratory' },
  waiting: { shape: 'ring', tone: 'quiet', words: 'band.tag.waiting' },
  draft: { shape: 'dashed-square', tone: 'quiet', words: 'band.tag.draft' },
};

/** Old data keep their words and lose their colour: never the win tint on them. */
export const toneOf = (display: Display): Tone =>
  display.isStale ? 'quiet' : STATE_LOOK[display.state].tone;

/** `open` is white with a strong line; `stale` is the quiet tint. */
export type Fill = 'win' | 'harm' | 'warn' | 'open' | 'stale';

export function fillOf(display: Display): Fill {
  if (display.isStale) return 'stale';
  const { tone } = STATE_LOOK[display.state];
  return tone === 'quiet' ? 'open' : tone;
}

export interface Tag {
  readonly shape: VerdictShape;
  readonly tone: Tone;
  readonly words: Phrase;
  /** Where the word has another tone than the shape. */
  readonly wordTone?: Tone;
  /** Of a ring, 0 to 1. */
  readonly progress: number;
}

export const restTag = (rest: 'paused' | 'stopped', day: string | null): Tag => ({
  shape: rest === 'paused' ? 'pause' : 'square',
  tone: 'quiet',
  words: day === null ? say(`band.tag.${rest}`) : say(`band.tag.${rest}On`, { day }),
  progress: 0,
});
