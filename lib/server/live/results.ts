import 'server-only';
import type { ConnectionId, ExperimentId } from '@/lib/core/experiment/ids';
import type { Question } from '@/lib/core/experiment/question';
import type { UnitProof } from '@/lib/core/experiment/snapshot';
import type { Curve, Reading, ReadingList, ReadingProgress } from '@/lib/core/live/reading';
import type { Problem } from '@/lib/core/problem/problem';
import type { Clock } from '@/lib/core/time/clock';
import type { ReportCache } from '@/lib/server/experiments/reader';
import type { BudgetUse, KameleoonClient } from '@/lib/server/kameleoon/client';
import type { Listener } from '@/lib/server/live/hub';
import type { Lack } from '@/lib/server/live/views';
import type { Log } from '@/lib/server/log/create-log';
import type { Store } from '@/lib/server/store/open-store';

/** Live results of one connection: everything pages, streams and the shell read. Answers come from memory. */
export interface Results {
  /** Resolves when what the store remembers can be shown; reading upstream goes on from there. Never rejects. */
  start(): Promise<void>;
  /** Ends timers and waits for writes, not for upstream. */
  stop(): Promise<void>;
  /** Every experiment by its own method, in the order of the catalogue. */
  list(): ReadingList;
  /** null when there is no such experiment, goal or reference. */
  find(question: Question): Reading | null;
  /** What of a question there is not; null when `find` answers it. */
  findLack(question: Question): Lack | null;
  /** Resolves with the first list of experiments, remembered or read; at once when there is one. */
  whenListed(): Promise<void>;
  curve(question: Question, maxPoints: number): Curve | null;
  /** A heartbeat and the last values at once, then changes. Questions that `find` does not know stay silent. */
  subscribe(questions: readonly Question[], listener: Listener): () => void;
  /**
   * Says that somebody without a stream looks (a page that polls, the shell): the experiments are read at the pace of
   * watched ones for 90 s. Unknown ids do nothing. Not for health checks or crawlers.
   */
  touch(ids: readonly ExperimentId[]): void;
  status(): ResultsStatus;
}

export interface ResultsStatus {
  readonly progress: ReadingProgress;
  /** End of the newest counted data of any experiment, upstream time; null before the first. */
  readonly lastGoodAtMs: number | null;
  /** Why the list, else the last reading, failed; null while all goes well. */
  readonly problem: Problem | null;
  readonly storeProblem: Problem | null;
  readonly budget: BudgetUse;
  /** Open subscriptions, and the experiments they look at. */
  readonly viewers: number;
  readonly watched: number;
  readonly unitProof: UnitProof;
  /** Upstream time of the list of experiments; null before the first. */
  readonly catalogueAsOfMs: number | null;
  /** Rows of the list that could not be read. */
  readonly quarantined: number;
}

export interface ResultsOptions {
  readonly connectionId: ConnectionId;
  readonly client: KameleoonClient;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Fraction from 0 (included) to 1, for spreading readings. */
  readonly random?: () => number;
  /** Shared with other connections where there are several. */
  readonly cache?: ReportCache;
}
