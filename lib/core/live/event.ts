import type { Problem } from '@/lib/core/problem/problem';
import type { Freshness, Reading, ReadingProgress } from '@/lib/core/live/reading';

/** What travels on the stream. Each is the last value of its kind and key: nothing needs to be replayed. */
export type LiveEvent =
  | { readonly type: 'analysis'; readonly reading: Reading }
  /** The data are unchanged, their freshness is not: a failure, a wait for budget, a reading under way. */
  | { readonly type: 'problem'; readonly questionKey: string; readonly freshness: Freshness }
  | {
      readonly type: 'heartbeat';
      /** Upstream time now; the browser counts ages from it. */
      readonly nowMs: number;
      readonly progress: ReadingProgress;
      /** Why nothing is remembered at the moment; null while looks are kept. */
      readonly storeProblem: Problem | null;
    };
