import 'server-only';
import type { Analysis, CurvePoint } from '@/lib/core/analysis/analysis';
import { experimentKnownAt, historyKnownAt } from '@/lib/core/analysis/as-known-at';
import type { History } from '@/lib/core/analysis/history';
import type { Outlook } from '@/lib/core/analysis/outlook/outlook';
import { toOutlook } from '@/lib/core/analysis/outlook/outlook';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { Method } from '@/lib/core/experiment/question';
import type { Look } from '@/lib/core/experiment/snapshot';
import type { Sparkline } from '@/lib/core/live/reading';
import { openJudgement } from '@/lib/server/experiments/judge';
import { ofKind } from '@/lib/server/experiments/one-kind';
import type { Terms } from '@/lib/server/experiments/terms';

/** An experiment as its kept looks showed it at one of them. */
export interface Past {
  readonly experiment: Experiment;
  /** The last look up to the moment that was asked for. */
  readonly look: Look;
  readonly analysis: Analysis;
  readonly outlook: Outlook | null;
  readonly sparkline: Sparkline;
  curve(maxPoints: number): readonly CurvePoint[];
}

export interface PastQuestion {
  readonly terms: Terms;
  readonly method: Method;
  /** All kept looks, oldest first. */
  readonly looks: readonly Look[];
  /** What was told by this method until today; null where nothing was. */
  readonly told: History | null;
  readonly atMs: number;
}

/** Judges the looks up to a moment as they were judged then; asks nothing upstream. null before the first look. */
export function openPast({ terms, method, looks, told, atMs }: PastQuestion): Past | null {
  const look = looks.findLast(({ snapshot }) => snapshot.asOfMs <= atMs);
  if (!look) return null;
  const { asOfMs } = look.snapshot;
  const known = looks.filter(({ snapshot }) => snapshot.asOfMs <= asOfMs);
  const shown = experimentKnownAt(terms.experiment, asOfMs);
  // A change of the split is judged as today, because the shares of before it are not known; it is only not shown.
  const experiment = { ...shown, splitChangedAtMs: terms.experiment.splitChangedAtMs };
  const judgement = openJudgement({
    terms: { ...terms, experiment },
    method,
    looks: known,
    told: told && { history: historyKnownAt(told, asOfMs), isCurrent: false },
  });
  const analysis = judgement.analyse(look);
  const own = ofKind(known, look.snapshot);
  return {
    experiment: shown,
    look,
    analysis,
    outlook: toOutlook({ experiment, analysis, looks: known, settings: terms.settings }),
    sparkline: judgement.sparkline(own, analysis),
    curve: (maxPoints) => judgement.curve(own, analysis, maxPoints),
  };
}
