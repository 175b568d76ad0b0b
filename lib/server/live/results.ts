import 'server-only';
import type { GoalTable } from '@/lib/core/analysis/goal-table';
import type { ConnectionId, ExperimentId } from '@/lib/core/experiment/ids';
import type { Question } from '@/lib/core/experiment/question';
import type { UnitProof } from '@/lib/core/experiment/snapshot';
import type { ListAsk } from '@/lib/core/live/list-ask';
import type {
  Curve,
  Moments,
  Reading,
  ReadingList,
  ReadingProgress,
} from '@/lib/core/live/reading';
import type { Problem } from '@/lib/core/problem/problem';
import type { Clock } from '@/lib/core/time/clock';
import type { ReportCache } from '@/lib/server/experiments/reader';
import type { ListProgress } from '@/lib/server/experiments/whole-list';
import type { Wishes } from '@/lib/server/experiments/shelf-plans';
import type { BudgetUse, KameleoonClient } from '@/lib/server/kameleoon/client';
import type { ResultsFigures } from '@/lib/server/live/figures';
import type { Listener } from '@/lib/server/live/hub';
import type { Lack } from '@/lib/server/live/lack';
import type { Log } from '@/lib/server/log/create-log';
import type { Store } from '@/lib/server/store/open-store';

/** Live results of one connection: everything pages, streams and the shell read. Answers come from memory. */
export interface Results {
  /** Resolves when what the store remembers can be shown; reading upstream goes on from there. Never rejects. */
  start(): Promise<void>;
  /** Ends timers and waits for writes, not for upstream. */
  stop(): Promise<void>;
  /** The rows asked for, each by its own method; without an ask the first view of all. */
  list(ask?: ListAsk): ReadingList;
  /** null when there is no such experiment, goal or reference. */
  find(question: Question): Reading | null;
  /** What of a question there is not; null when `find` answers it. */
  findLack(question: Question): Lack | null;
  /** Resolves with the first experiments, remembered or read; at once when there are some. What is at rest may follow. */
  whenListed(): Promise<void>;
  /**
   * Brings what this question needs into memory, where thousands of experiments at rest are not: to be awaited before
   * `find` and `curve` of one experiment. Never rejects; does nothing for what is not known.
   */
  prepare(question: Question): Promise<void>;
  curve(question: Question, maxPoints: number): Curve | null;
  /** Every goal by every variation; null where `find` gives null, and before the first look. */
  goals(question: Question): GoalTable | null;
  /** A heartbeat and the last values at once, then changes. Questions that `find` does not know stay silent. */
  subscribe(questions: readonly Question[], listener: Listener): () => void;
  /**
   * Says that somebody without a stream looks (a page that polls, the shell): the experiments are read at the pace of
   * watched ones for 90 s. Unknown ids do nothing. Not for health checks or crawlers.
   */
  touch(ids: readonly ExperimentId[]): void;
  /** By which open pages see that notes changed. */
  noteRevision(id: ExperimentId): number;
  /** Somebody's notes changed: those who look are told. */
  noteChanged(id: ExperimentId): void;
  /** The kept looks that count what the newest one does, oldest first; none while they are not in memory. */
  moments(id: ExperimentId): Moments['moments'];
  /** Moment of the last kept look up to one; null before the first, and while its looks are not in memory. */
  lookAt(id: ExperimentId, atMs: number): number | null;
  status(): ResultsStatus;
  figures(): ResultsFigures;
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
  /** How far the whole list has come; what runs is there before. */
  readonly listed: ListProgress;
  /** Whether an experiment that is not known does not exist. */
  readonly isListWhole: boolean;
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
  /** What people planned before the first look, by experiment. */
  readonly plans?: Wishes;
  /** Shared with other connections where there are several. */
  readonly cache?: ReportCache;
}
