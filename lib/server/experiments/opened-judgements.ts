import 'server-only';
import { LRUCache } from 'lru-cache';
import type { Analysis, CurvePoint } from '@/lib/core/analysis/analysis';
import type { Call } from '@/lib/core/analysis/call';
import type { Question } from '@/lib/core/experiment/question';
import { questionKey } from '@/lib/core/experiment/question';
import type { Look } from '@/lib/core/experiment/snapshot';
import type { Sparkline } from '@/lib/core/live/reading';
import type { Judgement, Terms } from '@/lib/server/experiments/judge';
import { openJudgement } from '@/lib/server/experiments/judge';

/** Ways of judging one experiment that are kept warm; goals and references come from the page's address. */
const MAX_METHODS = 24;

export interface Opened {
  readonly judgement: Judgement;
  /** Answers on the present looks; dropped whenever a look comes in. */
  analysis?: Analysis | undefined;
  sparkline?: Sparkline | undefined;
  curve?: { readonly maxPoints: number; readonly points: readonly CurvePoint[] } | undefined;
}

/** The ways in which one experiment is being judged. */
export interface OpenedJudgements {
  /** Judges all looks when it is asked for the first time. */
  open(question: Question): Opened;
  peek(question: Question): Opened | undefined;
  all(): readonly Opened[];
  /** The newest snapshot changed. */
  forgetAnswers(): void;
  clear(): void;
}

export interface OpenedJudgementsOptions {
  readonly terms: () => Terms;
  readonly looks: () => readonly Look[];
  /** What was called by this question in an earlier process. */
  readonly keptCall: (key: string) => Call | null;
}

export function createOpenedJudgements(options: OpenedJudgementsOptions): OpenedJudgements {
  const opened = new LRUCache<string, Opened>({ max: MAX_METHODS });
  return {
    open(question) {
      const key = questionKey(question);
      const known = opened.get(key);
      if (known) return known;
      const fresh: Opened = {
        judgement: openJudgement({
          terms: options.terms(),
          method: question.method,
          looks: options.looks(),
          keptCall: options.keptCall(key),
        }),
      };
      opened.set(key, fresh);
      return fresh;
    },
    peek: (question) => opened.peek(questionKey(question)),
    all: () => [...opened.values()],
    forgetAnswers() {
      // In place: to set an entry while walking over them puts it before the walker again, without end.
      for (const entry of opened.values()) {
        entry.analysis = undefined;
        entry.sparkline = undefined;
        entry.curve = undefined;
      }
    },
    clear: () => opened.clear(),
  };
}
