import type { Analysis } from '@/lib/core/analysis/analysis';
import type { WithdrawalReason } from '@/lib/core/analysis/call';
import type { Reading } from '@/lib/core/live/reading';
import type { Phrase } from '@/lib/core/words/phrase';
import { nameOf } from '@/lib/core/words/reading-facts';
import { say } from '@/lib/core/words/say';

const WHY: Readonly<Record<WithdrawalReason['kind'], string>> = {
  'fell-back': 'fellBack',
  'split-broken': 'split',
  'unit-visits': 'unit',
  superseded: 'other',
};

/** "The call for Redesign 1 is withdrawn: it fell back near zero", for a row of the list. */
export const withdrawnLine = (reading: Reading, { call }: Analysis): Phrase =>
  say('list.line.withdrawn', {
    name: nameOf(reading, call?.variationId ?? null),
    why: WHY[call?.withdrawn?.reason.kind ?? 'fell-back'],
  });
