/** The record of calls: every event with its moment, what was said, and the numbers it was made on. Newest first. */
import {
  isStanding,
  type Call,
  type CallEvent,
  type CallEventKind,
} from '@/lib/core/analysis/call';
import type { Interval } from '@/lib/core/analysis/reason';
import type { Reading } from '@/lib/core/live/reading';
import { whyWithdrawn } from '@/lib/core/words/band-withdrawn';
import { plannedEndMs } from '@/lib/core/words/call-life';
import type { Formats } from '@/lib/core/words/formats';
import type { MessageKey } from '@/lib/core/words/messages';
import type { Phrase } from '@/lib/core/words/phrase';
import { armOf, nameOf, rangeValues } from '@/lib/core/words/reading-facts';
import { say } from '@/lib/core/words/say';

export interface LogEntry {
  readonly key: string;
  readonly atMs: number;
  readonly moment: string;
  /** Whole days since launch; null where that is not known. */
  readonly day: Phrase | null;
  readonly said: Phrase;
  /** Of a withdrawal. */
  readonly why: Phrase | null;
  readonly counts: Phrase | null;
  readonly lift: Phrase | null;
  /** Belongs to a call that was withdrawn: struck, and still readable. */
  readonly isStruck: boolean;
}

export interface CallLog {
  readonly calls: number;
  readonly withdrawn: number;
  readonly entries: readonly LogEntry[];
}

const DAY_MS = 24 * 60 * 60 * 1000;

type LoggedKind = CallEventKind | 'settled';

const SAID: Readonly<Record<LoggedKind, MessageKey>> = {
  called: 'record.said.called',
  confirmed: 'record.said.confirmed',
  settled: 'record.said.settled',
  shaken: 'record.said.shaken',
  steadied: 'record.said.steadied',
  best: 'record.said.best',
  'not-best': 'record.said.notBest',
  withdrawn: 'record.said.withdrawn',
};

/** null where nothing was ever called. */
export function toCallLog(reading: Reading, formats: Formats, nowMs: number): CallLog | null {
  const calls = reading.analysis?.calls ?? [];
  if (calls.length === 0) return null;
  // Of two, the one that wins beats every other: that would be said twice.
  const isPair = (reading.analysis?.arms.length ?? 0) <= 2;
  const entries = calls
    .flatMap((call, at) =>
      [...eventsOf(call), ...settlementOf(reading, call)].map((event, place) => ({
        call,
        event,
        key: `${at} ${place}`,
      })),
    )
    .filter(({ event }) => !(isPair && event.kind === 'best'))
    // A later event of one moment stands above the earlier one.
    .toReversed()
    .toSorted((a, b) => b.event.atMs - a.event.atMs)
    .map(({ call, event, key }) => toEntry(reading, call, event, key, formats, nowMs));
  const withdrawn = calls.filter((call) => call.withdrawn !== null).length;
  return { calls: calls.length, withdrawn, entries };
}

/** A call that was kept before events were has its moments all the same. */
function eventsOf(call: Call): readonly LoggedEvent[] {
  if (call.events.length > 0) return call.events;
  const at = (kind: CallEventKind, atMs: number | null): LoggedEvent[] =>
    atMs === null ? [] : [{ kind, atMs, figures: null }];
  return [
    ...at('called', call.calledAtMs),
    ...at('confirmed', call.confirmedAtMs),
    ...at('shaken', call.shakenAtMs),
    ...at('withdrawn', call.withdrawn?.atMs ?? null),
  ];
}

interface LoggedEvent {
  readonly kind: LoggedKind;
  readonly atMs: number;
  readonly figures: CallEvent['figures'] | null;
}

/** The final look that kept a call made before it is no event of the call; its figures are the frozen ones. */
function settlementOf({ analysis }: Reading, call: Call): LoggedEvent[] {
  if (analysis === null || !isStanding(call) || !call.isFinal) return [];
  const endMs = plannedEndMs(analysis, call.variationId);
  return endMs === null || endMs <= call.calledAtMs
    ? []
    : [{ kind: 'settled', atMs: endMs, figures: null }];
}

function toEntry(
  reading: Reading,
  call: Call,
  { kind, atMs, figures }: LoggedEvent,
  key: string,
  formats: Formats,
  nowMs: number,
): LogEntry {
  const { startedAtMs } = reading.experiment;
  const isEnd = kind === 'withdrawn';
  return {
    key,
    atMs,
    moment: formats.moment(atMs, nowMs),
    day:
      startedAtMs === null
        ? null
        : say('record.day', { day: Math.max(0, Math.floor((atMs - startedAtMs) / DAY_MS)) }),
    said: say(SAID[kind], {
      name: nameOf(reading, call.variationId),
      state: call.state === 'no-difference' ? 'noDifference' : call.state,
      final: isOfPlannedEnd(reading, call) ? 'yes' : 'no',
    }),
    why: isEnd ? whyWithdrawn(call, formats, nowMs) : null,
    ...(kind === 'settled' ? inFrozen(reading, call, formats) : inFigures(call, figures, formats)),
    isStruck: call.withdrawn !== null && !isEnd,
  };
}

/** Made by the final look, and not only kept by it. */
function isOfPlannedEnd({ analysis }: Reading, call: Call): boolean {
  if (!call.isFinal || analysis === null) return false;
  const endMs = plannedEndMs(analysis, call.variationId);
  return endMs === null || endMs <= call.calledAtMs;
}

/** The counts of that look are not kept beside its figures. */
function inFrozen(
  { analysis }: Reading,
  { variationId }: Call,
  formats: Formats,
): Pick<LogEntry, 'counts' | 'lift'> {
  const comparison = analysis && (armOf(analysis, variationId)?.comparison ?? null);
  if (comparison === null || comparison.basis !== 'final' || comparison.lift === null)
    return { counts: say('record.noFigures'), lift: null };
  const { lift, liftInterval, alpha } = comparison;
  return { counts: null, lift: liftInWords(lift, liftInterval, alpha, formats) };
}

const liftInWords = (
  lift: number,
  interval: Interval | null,
  alpha: number,
  formats: Formats,
): Phrase =>
  say('record.lift', {
    lift: formats.signedPercent(lift),
    ...rangeValues(interval, formats),
    level: formats.limit(1 - alpha),
  });

function inFigures(
  { unit }: Call,
  figures: CallEvent['figures'] | null,
  formats: Formats,
): Pick<LogEntry, 'counts' | 'lift'> {
  if (figures === null) return { counts: say('record.noFigures'), lift: null };
  const { reference, variation, lift, liftInterval, alpha } = figures;
  return {
    counts: say('record.counts', {
      converted: formats.count(variation.x),
      people: formats.count(variation.n),
      otherConverted: formats.count(reference.x),
      otherPeople: formats.count(reference.n),
      unit: unit === 'first-visits' ? 'firstVisits' : unit,
    }),
    lift: lift === null ? null : liftInWords(lift, liftInterval, alpha, formats),
  };
}
