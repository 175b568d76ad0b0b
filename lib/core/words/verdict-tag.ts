/** The tag of a verdict, in the band and in the list: shape, tone and word, also of a call that is shaken or withdrawn. */
import type { Analysis } from '@/lib/core/analysis/analysis';
import { shakenSinceMs, verdictCalls } from '@/lib/core/words/call-life';
import type { Display } from '@/lib/core/words/display-state';
import type { MessageKey } from '@/lib/core/words/messages';
import type { Phrase } from '@/lib/core/words/phrase';
import { say } from '@/lib/core/words/say';
import { STATE_LOOK, toneOf, type Tag, type VerdictShape } from '@/lib/core/words/state-look';

const SHAKEN: Partial<Record<Display['state'], readonly [VerdictShape, MessageKey]>> = {
  winner: ['up-struck', 'band.tag.winnerShaken'],
  'several-winners': ['two-up-struck', 'band.tag.severalShaken'],
  loser: ['down-struck', 'band.tag.harmShaken'],
};

/** `day` writes a date; null leaves it out, where there is no room for one. */
export function verdictTag(
  analysis: Analysis | null,
  display: Display,
  day: ((atMs: number) => string) | null,
): Tag {
  const look = STATE_LOOK[display.state];
  const tone = toneOf(display);
  const tag: Tag = { shape: look.shape, tone, words: say(look.words), progress: 0 };
  if (analysis === null) return tag;
  if (display.state === 'withdrawn') {
    const atMs = analysis.call?.withdrawn?.atMs ?? null;
    return atMs === null || day === null ? tag : { ...tag, words: withdrawnOn(day(atMs)) };
  }
  const struck = SHAKEN[display.state];
  const sinceMs = shakenSinceMs(verdictCalls(analysis));
  if (struck === undefined || sinceMs === null) return tag;
  const [shape, words] = struck;
  const dated = day === null ? { dated: 'no', day: '' } : { dated: 'yes', day: day(sinceMs) };
  return {
    ...tag,
    shape,
    words: say(words, dated),
    // The shape and the tint say what was called, the word that it is in doubt.
    wordTone: display.isStale ? 'quiet' : 'warn',
  };
}

const withdrawnOn = (day: string): Phrase => say('band.tag.withdrawnOn', { day });
