/** The life of a call in words: called, confirmed, shaken, settled at the planned end, withdrawn. */
import type { Analysis } from '@/lib/core/analysis/analysis';
import { isStanding, type Call } from '@/lib/core/analysis/call';
import type { VariationId } from '@/lib/core/experiment/ids';
import type { Reading } from '@/lib/core/live/reading';
import type { Formats } from '@/lib/core/words/formats';
import type { Phrase } from '@/lib/core/words/phrase';
import { armOf, findReason, nameOf } from '@/lib/core/words/reading-facts';
import { say } from '@/lib/core/words/say';

/** The call that stands for a variation; null when it has none. */
export const callOfVariation = (analysis: Analysis, id: VariationId | null): Call | null =>
  analysis.calls.findLast((call) => call.variationId === id && isStanding(call)) ?? null;

/** The calls the verdict rests on: those of its winners or losers, or the one of no difference. */
export function verdictCalls(analysis: Analysis): readonly Call[] {
  const { call, verdict } = analysis;
  const { winners, losers } = verdict;
  const named = verdict.state === 'loser' ? losers : winners;
  const own = named.flatMap((id) => callOfVariation(analysis, id) ?? []);
  if (verdict.state === 'several-winners' || verdict.state === 'loser')
    return own.length > 0 ? own : asList(call);
  return asList(call);
}

const asList = (call: Call | null): readonly Call[] =>
  call !== null && isStanding(call) ? [call] : [];

/** Since when one of them is shaken, the latest; a call of the planned end never is. */
export function shakenSinceMs(calls: readonly Call[]): number | null {
  const moments = calls.flatMap(({ shakenAtMs, isFinal }) => (isFinal ? [] : (shakenAtMs ?? [])));
  return moments.length > 0 ? Math.max(...moments) : null;
}

/** Since when the shown state has been called; for a decisive state that is not in the record yet, "at this reading". */
export function callInWords(reading: Reading, formats: Formats, nowMs: number): Phrase {
  const { analysis } = reading;
  const call = analysis?.call ?? null;
  if (analysis === null || call === null) return say('band.call.now');
  if (analysis.verdict.state === 'several-winners') {
    const several = severalInWords(reading, verdictCalls(analysis), formats, nowMs);
    if (several !== null) return several;
  }
  const verdictId = analysis.verdict.variationId;
  const values = { moment: formats.moment(call.calledAtMs, nowMs), day: call.day };
  if (verdictId !== null && call.variationId !== verdictId)
    return say('band.call.other', { ...values, name: nameOf(reading, call.variationId) });
  return oneInWords(call, analysis, formats, nowMs);
}

function oneInWords(call: Call, analysis: Analysis, formats: Formats, nowMs: number): Phrase {
  const day = (atMs: number | null): string => (atMs === null ? '' : formats.day(atMs, nowMs));
  const values = { moment: formats.moment(call.calledAtMs, nowMs), day: call.day };
  const { withdrawn, confirmedAtMs, shakenAtMs, isFinal } = call;
  if (withdrawn !== null)
    return say('band.call.withdrawn', { ...values, withdrawn: day(withdrawn.atMs) });
  if (isFinal) {
    const endMs = plannedEndMs(analysis, call.variationId);
    return endMs === null || endMs <= call.calledAtMs
      ? say('band.call.final', values)
      : say('band.call.settled', { ...values, end: day(endMs) });
  }
  const confirmed = { confirmed: day(confirmedAtMs) };
  if (shakenAtMs !== null)
    return say('band.call.shaken', {
      ...values,
      ...confirmed,
      isConfirmed: confirmedAtMs === null ? 'no' : 'yes',
      shaken: day(shakenAtMs),
    });
  return confirmedAtMs === null
    ? say('band.call.unconfirmed', values)
    : say('band.call.confirmed', { ...values, ...confirmed });
}

/** When the final look of a variation was taken; null where that did not decide. */
export const plannedEndMs = (analysis: Analysis, id: VariationId | null): number | null =>
  findReason(armOf(analysis, id)?.comparison?.reasons ?? [], 'planned-end')?.atMs ?? null;

/** "Photo 9 May, Video 11 May, both confirmed"; null where not every winner is in the record yet. */
function severalInWords(
  reading: Reading,
  calls: readonly Call[],
  formats: Formats,
  nowMs: number,
): Phrase | null {
  const [first, second] = calls.toSorted((a, b) => a.calledAtMs - b.calledAtMs);
  if (first === undefined || second === undefined) return null;
  const confirmed = calls.filter(({ confirmedAtMs }) => confirmedAtMs !== null).length;
  return say('band.call.several', {
    first: nameOf(reading, first.variationId),
    firstDay: formats.day(first.calledAtMs, nowMs),
    second: nameOf(reading, second.variationId),
    secondDay: formats.day(second.calledAtMs, nowMs),
    more: calls.length - 2,
    confirmed: confirmed === calls.length ? 'all' : confirmed === 0 ? 'none' : 'some',
  });
}
