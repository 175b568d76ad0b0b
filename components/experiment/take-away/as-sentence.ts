/** The band in one line of plain text, with all that a reader elsewhere needs to judge it. */
import type { Reading } from '@/lib/core/live/reading';
import { toBand } from '@/lib/core/words/band';
import type { Formats } from '@/lib/core/words/formats';
import { isolate, referenceNameOf } from '@/lib/core/words/reading-facts';
import type { PlainWords } from '@/lib/core/words/say';
import { say } from '@/lib/core/words/say';

interface SentenceInput {
  readonly reading: Reading;
  readonly nowMs: number;
  readonly formats: Formats;
  readonly plain: PlainWords;
}

/** "Redesign 1 wins. +17.6% on Insurance subscription, between +5.1% and +31.5%." */
export function toStatement({ reading, nowMs, formats, plain }: SentenceInput): string {
  const band = toBand(reading, nowMs, formats);
  const headline = [band.headlineInFull, band.asked, band.asOf]
    .flatMap((phrase) => (phrase === null ? [] : [plain(phrase)]))
    .join(' ');
  return plain(
    say('takeAway.statement', {
      headline,
      sentence: band.sentence === null ? '' : plain(band.sentence),
    }),
  ).trim();
}

export function toSentence(input: SentenceInput & { readonly address: string }): string {
  const { reading, formats, plain, address } = input;
  const { asOfMs } = reading.freshness;
  const statement = toStatement(input);
  const name = isolate(reading.experiment.name);
  if (reading.analysis === null || asOfMs === null)
    return plain(say('takeAway.asSentenceEarly', { statement, name, address }));
  const reference = referenceNameOf(reading);
  return plain(
    say('takeAway.asSentence', {
      statement,
      name,
      against: reference === '' ? 'no' : 'yes',
      reference,
      level: formats.limit(reading.analysis.confidenceLevel),
      moment: formats.exact(asOfMs),
      address,
    }),
  );
}
