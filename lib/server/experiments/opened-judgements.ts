import 'server-only';
import { LRUCache } from 'lru-cache';
import type { Analysis, CurvePoint } from '@/lib/core/analysis/analysis';
import type { Outlook } from '@/lib/core/analysis/outlook/outlook';
import type { Question } from '@/lib/core/experiment/question';
import { questionKey } from '@/lib/core/experiment/question';
import type { Look } from '@/lib/core/experiment/snapshot';
import type { Sparkline } from '@/lib/core/live/reading';
import type { Judgement, Told } from '@/lib/server/experiments/judge';
import { openJudgement } from '@/lib/server/experiments/judge';
import type { Terms } from '@/lib/server/experiments/terms';

/** Ways of judging one experiment that are kept warm; goals and references come from the page's address. */
const MAX_METHODS = 24;

export interface Opened {
  readonly judgement: Judgement;
  /** Answers on the present looks; dropped whenever a look comes in. */
  analysis?: Analysis | undefined;
  sparkline?: Sparkline | undefined;
  outlook?: Outlook | undefined;
  curve?: { readonly maxPoints: number; readonly points: readonly CurvePoint[] } | undefined;
}

/** The ways in which one experiment is being judged. */
export interface OpenedJudgements {
  /** Judges all looks when it is asked for the first time. */
  open(question: Question): Opened;
  /** By the main method, which is never let go of: what it told is told again. */
  main(): Opened;
  all(): readonly Opened[];
  /** The newest snapshot changed, or looks were let go of. */
  forgetAnswers(): void;
  clear(): void;
}

export interface OpenedJudgementsOptions {
  readonly main: Question;
  readonly terms: () => Terms;
  readonly looks: () => readonly Look[];
  /** What was told by the main method before. */
  readonly told: () => Told | null;
}

export function createOpenedJudgements(options: OpenedJudgementsOptions): OpenedJudgements {
  const { terms, looks, told } = options;
  const mainKey = questionKey(options.main);
  const others = new LRUCache<string, Opened>({ max: MAX_METHODS });
  let main: Opened | null = null;

  const begin = ({ method }: Question, before: Told | null): Opened => ({
    judgement: openJudgement({ terms: terms(), method, looks: looks(), told: before }),
  });
  const openMain = (): Opened => (main ??= begin(options.main, told()));
  const all = (): readonly Opened[] => [...(main ? [main] : []), ...others.values()];

  return {
    open(question) {
      const key = questionKey(question);
      if (key === mainKey) return openMain();
      const known = others.get(key) ?? begin(question, null);
      others.set(key, known);
      return known;
    },
    main: openMain,
    all,
    forgetAnswers() {
      // In place: to set an entry while walking over them puts it before the walker again, without end.
      for (const entry of all()) {
        entry.analysis = undefined;
        entry.sparkline = undefined;
        entry.outlook = undefined;
        entry.curve = undefined;
      }
    },
    clear() {
      main = null;
      others.clear();
    },
  };
}
