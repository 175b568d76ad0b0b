import 'server-only';
import type { Analysis, CurvePoint } from '@/lib/core/analysis/analysis';
import type { Outlook } from '@/lib/core/analysis/outlook/outlook';
import { toOutlook } from '@/lib/core/analysis/outlook/outlook';
import type { Question } from '@/lib/core/experiment/question';
import type { Look, Snapshot } from '@/lib/core/experiment/snapshot';
import type { Sparkline } from '@/lib/core/live/reading';
import { ofKind } from '@/lib/server/experiments/one-kind';
import type { OpenedJudgements } from '@/lib/server/experiments/opened-judgements';
import type { Terms } from '@/lib/server/experiments/terms';

/** What an experiment shows by a question on its present looks; each is made once until something changes. */
export interface Answers {
  /** null before the first look. */
  analysis(question: Question): Analysis | null;
  sparkline(question: Question): Sparkline;
  /** null before the first look. Takes up to 5 ms to make. */
  outlook(question: Question): Outlook | null;
  curve(question: Question, maxPoints: number): readonly CurvePoint[];
  /** The leader's lift at a kept look, by the main method; null where none is drawn. */
  leaderLift(look: Look): number | null;
}

export interface AnswersOptions {
  readonly opened: OpenedJudgements;
  readonly main: Question;
  readonly terms: () => Terms;
  readonly latest: () => Snapshot | null;
  /** Kept looks, oldest first. */
  readonly looks: () => readonly Look[];
}

export const NO_SPARKLINE: Sparkline = { variationId: null, points: [] };

export function createAnswers({ opened, main, terms, ...options }: AnswersOptions): Answers {
  /** The newest snapshot as a look, after which no kept one comes; only what counts as it does stands beside it. */
  const shown = (): readonly Look[] => {
    const latest = options.latest();
    const own = ofKind(options.looks(), latest);
    return latest && latest.asOfMs > (own.at(-1)?.snapshot.asOfMs ?? Number.NEGATIVE_INFINITY)
      ? [...own, { snapshot: latest, source: 'live' }]
      : own;
  };

  const analysis = (question: Question): Analysis | null => {
    const snapshot = options.latest();
    if (!snapshot) return null;
    const entry = opened.open(question);
    entry.analysis ??= entry.judgement.analyse({ snapshot, source: 'live' });
    return entry.analysis;
  };

  return {
    analysis,

    sparkline(question) {
      const now = analysis(question);
      if (!now) return NO_SPARKLINE;
      const entry = opened.open(question);
      entry.sparkline ??= entry.judgement.sparkline(shown(), now);
      return entry.sparkline;
    },

    outlook(question) {
      const now = analysis(question);
      if (!now) return null;
      const entry = opened.open(question);
      const { experiment, settings } = terms();
      entry.outlook ??= toOutlook({ experiment, analysis: now, looks: options.looks(), settings });
      return entry.outlook;
    },

    curve(question, maxPoints) {
      const now = analysis(question);
      if (!now) return [];
      const entry = opened.open(question);
      if (entry.curve?.maxPoints !== maxPoints)
        entry.curve = { maxPoints, points: entry.judgement.curve(shown(), now, maxPoints) };
      return entry.curve.points;
    },

    leaderLift(look) {
      const now = analysis(main);
      return now && opened.open(main).judgement.lift(look, now);
    },
  };
}
