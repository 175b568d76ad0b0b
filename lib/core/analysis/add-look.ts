import type { Analysis, Call } from '@/lib/core/analysis/analysis';
import { analyse } from '@/lib/core/analysis/analyse';
import { rememberCounts } from '@/lib/core/analysis/counts-fell';
import { DAY_MS } from '@/lib/core/analysis/decide';
import type { History } from '@/lib/core/analysis/history';
import { isMethodOf, resolveMethod, startHistory, toKeptCounts } from '@/lib/core/analysis/history';
import { splitChange } from '@/lib/core/analysis/split';
import type { Settings } from '@/lib/core/analysis/settings';
import type { Experiment } from '@/lib/core/experiment/experiment';
import { lastCountedMs } from '@/lib/core/experiment/last-counted';
import type { Method } from '@/lib/core/experiment/question';
import type { Look, UnitProof } from '@/lib/core/experiment/snapshot';

/**
 * Folds one kept look into the history: running minimum of the split's p, counts, the call and its life. Looks come in
 * order of data time; one that is not newer than the last is ignored (a backfilled past needs `rebuildHistory`).
 * Without a proof of the unit no call is made, so a proof that comes later needs `rebuildHistory` too.
 */
export function addLook(
  history: History,
  experiment: Experiment,
  look: Look,
  method: Method,
  proof: UnitProof = 'unproven',
  settings: Partial<Settings> = {},
): History {
  const { snapshot } = look;
  if (history.lastAtMs !== null && snapshot.asOfMs <= history.lastAtMs) return history;
  const base = adopt(history, experiment, method);
  const analysis = analyse({ experiment, snapshot, proof, history: base, method, settings });
  const { splitChangedAtMs } = base;
  // How traffic was split before a change is not known any more, so such looks make no call when folded again.
  const isBeforeChange = splitChangedAtMs !== null && snapshot.asOfMs < splitChangedAtMs;
  const counts = rememberCounts(base.counts, toKeptCounts(snapshot, experiment.mainGoalId));
  // A torn report must not block for ever: only looks that are not flagged enter the running minimum.
  const splitP = counts.fall === null ? analysis.health.split.sequentialP : null;
  return {
    ...base,
    firstAtMs: base.firstAtMs ?? snapshot.asOfMs,
    lastAtMs: snapshot.asOfMs,
    counts,
    splitP: splitP ?? base.splitP,
    call: isBeforeChange
      ? base.call
      : followCall(base.call, analysis, lastCountedMs(experiment, snapshot.asOfMs)),
  };
}

/** The history of all kept looks, in whatever order they come. `keptCall`: what the log of calls already holds. */
export const rebuildHistory = (
  experiment: Experiment,
  looks: readonly Look[],
  method: Method,
  proof: UnitProof = 'unproven',
  settings: Partial<Settings> = {},
  keptCall: Call | null = null,
): History =>
  looks
    .toSorted((a, b) => a.snapshot.asOfMs - b.snapshot.asOfMs)
    .reduce(
      (history, look) => addLook(history, experiment, look, method, proof, settings),
      startHistory(keptCall),
    );

/** Another method or main goal has its own calls and counts; a changed split its own running minimum. */
function adopt(history: History, experiment: Experiment, method: Method): History {
  const isOwn = isMethodOf(history, experiment, method);
  const splitChangedAtMs = splitChange(experiment);
  return {
    ...history,
    ...(isOwn ? {} : { call: null, counts: startHistory().counts }),
    method: resolveMethod(experiment, method),
    splitP: history.splitChangedAtMs === splitChangedAtMs ? history.splitP : 1,
    splitChangedAtMs,
  };
}

/**
 * The life of a call (statistics A12.8): made on the first look with a decisive verdict, confirmed on the first look at
 * least a day later that still says the same. An interval that meets 0 again is ordinary and changes nothing; another
 * decisive verdict is a new call. Its moments are those of the data: a test stopped on Friday is not called on Monday.
 */
function followCall(call: Call | null, { verdict, day }: Analysis, atMs: number): Call | null {
  const { state, variationId } = verdict;
  if (!isDecisive(state)) return call;
  if (call === null || call.state !== state || call.variationId !== variationId)
    return { state, variationId, calledAtMs: atMs, day: day ?? 0, confirmedAtMs: null };
  const isDue = call.confirmedAtMs === null && atMs - call.calledAtMs >= DAY_MS;
  return isDue ? { ...call, confirmedAtMs: atMs } : call;
}

const isDecisive = (state: Analysis['verdict']['state']): state is Call['state'] =>
  state === 'winner' ||
  state === 'several-winners' ||
  state === 'loser' ||
  state === 'no-difference';
