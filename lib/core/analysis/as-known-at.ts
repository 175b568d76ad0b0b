/**
 * What was known at an earlier moment of the data: nothing that happened later is in it. Looks up to then are the
 * caller's; here is what is told beside them, the calls, and how the experiment stood.
 */
import type { Call, CallEventKind } from '@/lib/core/analysis/call';
import type { History } from '@/lib/core/analysis/history';
import type { Experiment } from '@/lib/core/experiment/experiment';

/** Running until it was stopped or paused; a later change of the split has not happened. Names are today's. */
export function experimentKnownAt(experiment: Experiment, atMs: number): Experiment {
  const { status, endedAtMs, statusChangedAtMs, splitChangedAtMs } = experiment;
  const restsSinceMs = status === 'stopped' ? (endedAtMs ?? statusChangedAtMs) : statusChangedAtMs;
  const ranThen =
    (status === 'stopped' || status === 'paused') && restsSinceMs !== null && restsSinceMs > atMs;
  return {
    ...experiment,
    ...(ranThen && { status: 'active' as const, endedAtMs: null, statusChangedAtMs: null }),
    splitChangedAtMs: upTo(splitChangedAtMs, atMs),
  };
}

/**
 * The calls of a history as they stood, to be merged with what the looks up to then show. What was folded over later
 * looks (the smallest p) is left to those looks.
 */
export function historyKnownAt(history: History, atMs: number): History {
  const finals = Object.fromEntries(
    Object.entries(history.finals).filter(([, final]) => final.atMs <= atMs),
  );
  return {
    ...history,
    // Just before, so that of what lasts the looks up to then have the last word.
    lastAtMs: history.lastAtMs === null ? null : Math.min(history.lastAtMs, atMs - 1),
    finals,
    splitP: 1,
    smallestP: {},
    calls: history.calls
      .filter(({ calledAtMs }) => calledAtMs <= atMs)
      .map((call) => callKnownAt(call, atMs, hasFinal(finals, call))),
  };
}

function callKnownAt(call: Call, atMs: number, isOfFinal: boolean): Call {
  const events = call.events.filter((event) => event.atMs <= atMs);
  /** Since when a state lasts that one kind of event begins and another ends; older calls keep the moment alone. */
  const since = (begin: CallEventKind, end: CallEventKind, known: number | null): number | null => {
    if (events.length === 0) return upTo(known, atMs);
    const last = events.findLast(({ kind }) => kind === begin || kind === end);
    return last?.kind === begin ? last.atMs : null;
  };
  return {
    ...call,
    events,
    isFinal: call.isFinal && isOfFinal,
    heldSinceMs: upTo(call.heldSinceMs, atMs),
    confirmedAtMs: upTo(call.confirmedAtMs, atMs),
    shakenAtMs: since('shaken', 'steadied', call.shakenAtMs),
    lowSinceMs: upTo(call.lowSinceMs, atMs),
    bestSinceMs: since('best', 'not-best', call.bestSinceMs),
    withdrawn: call.withdrawn !== null && call.withdrawn.atMs <= atMs ? call.withdrawn : null,
  };
}

const upTo = (momentMs: number | null, atMs: number): number | null =>
  momentMs !== null && momentMs <= atMs ? momentMs : null;

/** A final look is kept under the pair it compares. */
const hasFinal = (finals: History['finals'], { variationId }: Call): boolean =>
  Object.keys(finals).some((pair) => pair.split(':').includes(variationId));
