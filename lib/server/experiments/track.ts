import 'server-only';
import type { Analysis, CurvePoint } from '@/lib/core/analysis/analysis';
import type { GoalTable } from '@/lib/core/analysis/goal-table';
import type { Outlook } from '@/lib/core/analysis/outlook/outlook';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { Method, Question } from '@/lib/core/experiment/question';
import type { Look, Snapshot } from '@/lib/core/experiment/snapshot';
import type { Sparkline } from '@/lib/core/live/reading';
import type { Past } from '@/lib/server/experiments/past';
import type { Terms } from '@/lib/server/experiments/terms';
import type { KeptHistory } from '@/lib/server/store/history-repository';

/** One experiment in memory: its kept looks, its newest snapshot, and the decisions on them. */
export interface Track {
  experiment(): Experiment;
  latest(): Snapshot | null;
  /** Kept looks, oldest first; none while it sleeps. */
  looks(): readonly Look[];
  /** The first look of our own that counts as the newest does, also while it sleeps; null before it. */
  firstOwn(): Snapshot | null;
  isAsleep(): boolean;
  /**
   * Lets go of everything but the newest snapshot and the answers by the main method, which it goes on giving. To be
   * woken before it takes anything, is judged by other terms or asked for a curve.
   */
  sleep(): void;
  /** With the looks kept of it, oldest first. */
  wake(looks: readonly Look[]): void;
  /** Takes what was read; gives the look to keep, null when it is not worth keeping. */
  take(snapshot: Snapshot): Look | null;
  /** Adds a look of the past and judges everything anew: a call may move to an earlier day. */
  addPast(look: Look): void;
  /** Lets go of live looks, by the moments of their data: what they decided stays decided. */
  drop(asOfMs: ReadonlySet<number>): void;
  /** Other terms make decisions anew. Answers whether anything differs. */
  setTerms(terms: Partial<Terms>): boolean;
  /** What its kept looks leave behind, by the main method; judges them if need be. */
  history(): KeptHistory;
  /** null before the first look. */
  analysis(question: Question): Analysis | null;
  curve(question: Question, maxPoints: number): readonly CurvePoint[];
  sparkline(question: Question): Sparkline;
  /** null before the first look. */
  outlook(question: Question): Outlook | null;
  /** Every goal by every variation, at the method's level and against its reference; null before the first look. */
  goals(method: Method): GoalTable | null;
  /** As it was at an earlier moment; null before the first kept look, and while it sleeps. Takes as long as judging anew. */
  past(method: Method, atMs: number): Past | null;
  /** The leader's lift at a kept look, by the main method; null where none is drawn. */
  leaderLift(look: Look): number | null;
  /** Number of looks of the past: rises with each, also across restarts. */
  curveRevision(): number;
  /** Rises whenever any answer may have changed; says nothing by itself. */
  revision(): number;
}
