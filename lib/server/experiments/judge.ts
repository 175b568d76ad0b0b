import 'server-only';
import { addLook } from '@/lib/core/analysis/add-look';
import { analyse } from '@/lib/core/analysis/analyse';
import type { Analysis, CurvePoint } from '@/lib/core/analysis/analysis';
import type { Call } from '@/lib/core/analysis/call';
import { toCurvePoint } from '@/lib/core/analysis/curve';
import { decimateLooks } from '@/lib/core/analysis/decimate-looks';
import { startHistory } from '@/lib/core/analysis/history';
import { toSparkline } from '@/lib/core/analysis/sparkline';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { Method } from '@/lib/core/experiment/question';
import type { Look, UnitProof } from '@/lib/core/experiment/snapshot';
import type { Sparkline } from '@/lib/core/live/reading';

/** All that a decision rests on besides the counts. */
export interface Terms {
  readonly experiment: Experiment;
  readonly proof: UnitProof;
  /** Frozen at the first look (statistics A12.2). */
  readonly plannedVisitors: number;
}

/** One experiment judged by one method: a fold over its kept looks, oldest first. */
export interface Judgement {
  /** Adds a newly kept look, newer than all before. */
  keep(look: Look): void;
  /** The decision on the newest look, kept already or not, in the light of the kept ones. */
  analyse(look: Look): Analysis;
  /** At most `maxPoints`, oldest first; `now` is the analysis of the newest look. */
  curve(looks: readonly Look[], now: Analysis, maxPoints: number): readonly CurvePoint[];
  sparkline(looks: readonly Look[], now: Analysis): Sparkline;
}

export interface JudgeQuestion {
  readonly terms: Terms;
  readonly method: Method;
  /** Kept looks, oldest first. */
  readonly looks: readonly Look[];
  /** What was called in an earlier process: it is never erased. */
  readonly keptCall: Call | null;
}

export function openJudgement({ terms, method, looks, keptCall }: JudgeQuestion): Judgement {
  const { experiment, proof, plannedVisitors } = terms;
  const settings = { plannedVisitors };
  // A point rests on its own look alone, so each is computed once.
  const points = new WeakMap<Look, CurvePoint>();
  let history = startHistory();

  const fold = (look: Look) => addLook(history, experiment, look, method, proof, settings);
  const keep = (look: Look): void => {
    history = fold(look);
  };
  const toPoints = (shown: readonly Look[]): CurvePoint[] =>
    shown.map((look) => {
      const point = points.get(look) ?? toCurvePoint(experiment, look, method, proof, settings);
      points.set(look, point);
      return point;
    });

  for (const look of looks) keep(look);

  return {
    keep,
    analyse(look) {
      const { snapshot } = look;
      const answer = analyse({
        experiment,
        snapshot,
        proof,
        history: fold(look),
        method,
        settings,
      });
      return { ...answer, call: mergeCalls(answer.call, keptCall) };
    },
    curve: (shown, { leaderId, call }, maxPoints) =>
      decimateLooks(toPoints(shown), maxPoints, {
        leaderId,
        calledAtMs: call?.calledAtMs ?? null,
      }),
    sparkline: (shown, { leaderId }) => toSparkline(toPoints(shown), leaderId),
  };
}

/**
 * The call that the looks show and the one that was kept. The same call counts from its earlier moment: older looks may
 * have been bought since, or may no longer make a call because the split was changed after them.
 */
export function mergeCalls(found: Call | null, kept: Call | null): Call | null {
  if (!found || !kept) return found ?? kept;
  if (found.state !== kept.state || found.variationId !== kept.variationId)
    return found.calledAtMs >= kept.calledAtMs ? found : kept;
  const [earlier, later] = found.calledAtMs <= kept.calledAtMs ? [found, kept] : [kept, found];
  return { ...earlier, confirmedAtMs: earlier.confirmedAtMs ?? later.confirmedAtMs };
}
