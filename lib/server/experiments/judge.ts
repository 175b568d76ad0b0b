import 'server-only';
import { addLook, rebuildHistory } from '@/lib/core/analysis/add-look';
import { analyse } from '@/lib/core/analysis/analyse';
import type { Analysis, CurvePoint } from '@/lib/core/analysis/analysis';
import { toCurvePoint } from '@/lib/core/analysis/curve';
import { decimateLooks } from '@/lib/core/analysis/decimate-looks';
import type { History } from '@/lib/core/analysis/history';
import { toSparkline } from '@/lib/core/analysis/sparkline';
import type { Method } from '@/lib/core/experiment/question';
import type { Look } from '@/lib/core/experiment/snapshot';
import type { Sparkline } from '@/lib/core/live/reading';
import { isOtherDecision } from '@/lib/server/experiments/decision';
import { ofKind } from '@/lib/server/experiments/one-kind';
import type { Terms } from '@/lib/server/experiments/terms';

/** One experiment judged by one method: a fold over its kept looks, oldest first. */
export interface Judgement {
  /** What the kept looks leave behind. */
  history(): History;
  /** Adds a newly kept look, newer than all before. */
  keep(look: Look): void;
  /** Whether a look decides something else than the newest kept one. */
  isNews(last: Look, next: Look): boolean;
  /** The decision on the newest look, kept already or not, in the light of the kept ones. */
  analyse(look: Look): Analysis;
  /** Of looks of one kind, at most `maxPoints`, oldest first; `now` is the analysis of the newest look. */
  curve(looks: readonly Look[], now: Analysis, maxPoints: number): readonly CurvePoint[];
  sparkline(looks: readonly Look[], now: Analysis): Sparkline;
  /** The lift of one arm at a look; null where none is drawn. */
  lift(look: Look, now: Analysis): number | null;
}

/** What was told before, by the same method. */
export interface Told {
  readonly history: History;
  /** Whether it may be gone on with: it was folded by the same terms, and no look was added to its past. */
  readonly isCurrent: boolean;
}

export interface JudgeQuestion {
  readonly terms: Terms;
  readonly method: Method;
  /** Kept looks, oldest first. */
  readonly looks: readonly Look[];
  /** It is never erased; null: nothing was told. */
  readonly told: Told | null;
}

export function openJudgement({ terms, method, looks, told }: JudgeQuestion): Judgement {
  const { experiment, proof, settings } = terms;
  // A point rests on its own look alone, so each is computed once.
  const points = new WeakMap<Look, CurvePoint>();

  const fold = (history: History, look: Look): History =>
    addLook(history, experiment, look, method, proof, settings);
  const toPoint = (look: Look): CurvePoint => {
    const point = points.get(look) ?? toCurvePoint(experiment, look, method, proof, settings);
    points.set(look, point);
    return point;
  };
  const analyseIn = (history: History, { snapshot }: Look): Analysis =>
    analyse({ experiment, snapshot, proof, history, method, settings });

  /** Looks of another kind were judged when they came; folded in between they would begin their family anew. */
  const begin = (): History => {
    if (told?.isCurrent) return looks.reduce(fold, told.history);
    const own = ofKind(looks, looks.at(-1)?.snapshot ?? null);
    return rebuildHistory(experiment, own, method, proof, settings, told?.history ?? null);
  };
  let history = begin();

  return {
    history: () => history,
    keep(look) {
      history = fold(history, look);
    },
    isNews(last, next) {
      const after = fold(history, next);
      return isOtherDecision(
        { analysis: analyseIn(history, last), history },
        { analysis: analyseIn(after, next), history: after },
      );
    },
    analyse: (look) => analyseIn(fold(history, look), look),
    curve: (shown, { leaderId, call }, maxPoints) =>
      decimateLooks(shown.map(toPoint), maxPoints, {
        leaderId,
        calledAtMs: call?.calledAtMs ?? null,
      }),
    sparkline: (shown, { leaderId }) => toSparkline(shown.map(toPoint), leaderId),
    lift: (look, { leaderId }) =>
      toPoint(look).arms.find(({ variationId }) => variationId === leaderId)?.lift ?? null,
  };
}
