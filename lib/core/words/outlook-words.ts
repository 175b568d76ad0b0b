/** When it will be decided, what waiting costs, and what holds a call back. Never a number of days without a basis. */
import type { Arrival } from '@/lib/core/analysis/outlook/arrival';
import type { GateReading } from '@/lib/core/analysis/outlook/gates';
import type { Outlook } from '@/lib/core/analysis/outlook/outlook';
import type { Reading } from '@/lib/core/live/reading';
import type { Formats } from '@/lib/core/words/formats';
import type { Phrase } from '@/lib/core/words/phrase';
import { findReason, nameOf } from '@/lib/core/words/reading-facts';
import { say } from '@/lib/core/words/say';

/** null: nothing is known of what is to come, or nothing is left to wait for. */
export function arrivalInWords(
  arrival: Arrival,
  plannedEffect: number | null,
  formats: Formats,
  nowMs: number,
): Phrase | null {
  const effect = formats.limit(Math.abs(plannedEffect ?? 0));
  switch (arrival.kind) {
    case 'range':
      return rangeInWords(arrival, effect, formats, nowMs);
    case 'beyond':
      return say('outlook.arrival.beyond', { days: arrival.days, effect });
    case 'no-plan':
      return say('outlook.arrival.noPlan');
    case 'no-traffic':
      return say('outlook.arrival.noTraffic');
    case 'no-conversions':
      return say('outlook.arrival.noConversions');
    case 'decided':
    case 'not-judged':
      return null;
  }
}

function rangeInWords(
  { share, earliestMs, latestMs }: Extract<Arrival, { kind: 'range' }>,
  effect: string,
  formats: Formats,
  nowMs: number,
): Phrase {
  const from = formats.weekday(earliestMs, nowMs);
  const values = { share: formats.wholePercent(share), effect, from };
  if (latestMs === null) return say('outlook.arrival.open', values);
  const to = formats.weekday(latestMs, nowMs);
  if (from === to) return say('outlook.arrival.sameDay', values);
  return earliestMs <= nowMs
    ? say('outlook.arrival.today', { ...values, to })
    : say('outlook.arrival.range', { ...values, to });
}

/** "One more week costs up to N conversions if B is better"; null where that is not known. */
export function waitingInWords(
  { waiting, variationId }: Pick<Outlook, 'waiting' | 'variationId'>,
  reading: Reading,
): Phrase | null {
  if (waiting === null || variationId === null) return null;
  const values = { name: nameOf(reading, variationId), n: Math.round(waiting) };
  if (values.n < 1) return say('outlook.waiting.nothing', values);
  return reading.analysis?.method.better === 'lower'
    ? say('outlook.waiting.costLower', values)
    : say('outlook.waiting.cost', values);
}

export interface GateWords {
  readonly key: string;
  readonly what: Phrase;
  /** When it opens, or what it takes. */
  readonly when: Phrase | null;
  /** Share reached, 0 to 1; null where it is not a matter of more or less. */
  readonly progress: number | null;
}

/** What still holds a call back, in the order in which it is asked. */
export const gatesInWords = (
  { gates }: Pick<Outlook, 'gates'>,
  reading: Reading,
  formats: Formats,
  nowMs: number,
): readonly GateWords[] =>
  gates
    .filter(({ state }) => state === 'closed')
    .map((gate) => ({
      key: gate.id,
      what: whatHolds(gate, reading, formats),
      when: whenOpen(gate, formats, nowMs),
      progress: gate.progress,
    }));

function whatHolds(gate: GateReading, reading: Reading, formats: Formats): Phrase {
  const { id, have, needed, missing, measure, opensBy } = gate;
  const isMeasured = have !== null && needed !== null;
  switch (id) {
    case 'data':
      return say(hasFallen(reading) ? 'outlook.gate.dataFell' : 'outlook.gate.data');
    case 'split':
      return say(opensBy === 'someone' ? 'outlook.gate.split' : 'outlook.gate.splitChecking');
    case 'unit':
    case 'setup':
      return say(`outlook.gate.${id}`);
    case 'counts':
      return say('outlook.gate.counts', {
        have: formats.count(nearly(have ?? 0, needed ?? 0)),
        needed: formats.count(needed ?? 0),
        known: missing === null ? 'no' : 'yes',
        missing: Math.ceil(missing ?? 0),
      });
    case 'days':
      return say('outlook.gate.days', {
        have: formats.count(have ?? 0),
        needed: formats.count(needed ?? 0),
      });
    case 'interval':
      return say('outlook.gate.interval', {
        known:
          isMeasured && measure === 'difference' ? 'yes' : hasInterval(reading) ? 'no' : 'unseen',
        have: formats.finePoints(have ?? 0),
        needed: formats.finePoints(needed ?? 0),
      });
  }
}

/** Rounded as every share of it is, but never to all of it: the gate is closed. */
const nearly = (have: number, needed: number): number =>
  Math.max(0, Math.min(Math.round(have), Math.ceil(needed) - 1));

const hasInterval = ({ analysis }: Reading): boolean =>
  (analysis?.arms ?? []).some(({ comparison }) => comparison?.liftInterval != null);

const hasFallen = ({ analysis }: Reading): boolean =>
  (analysis?.health.checks ?? []).some(({ reasons }) => findReason(reasons, 'counts-fell'));

function whenOpen({ expectedAtMs, opensBy }: GateReading, formats: Formats, nowMs: number) {
  if (expectedAtMs !== null)
    return say('outlook.when.about', { moment: formats.weekday(expectedAtMs, nowMs) });
  return opensBy === 'someone' || opensBy === 'report' || opensBy === 'evidence'
    ? say(`outlook.when.${opensBy}`)
    : null;
}
