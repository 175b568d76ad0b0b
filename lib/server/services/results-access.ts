import 'server-only';
import type { GoalTable } from '@/lib/core/analysis/goal-table';
import type { Question } from '@/lib/core/experiment/question';
import { NO_FILTER, type ListAsk } from '@/lib/core/live/list-ask';
import type { Curve, Moments, Reading, ReadingList } from '@/lib/core/live/reading';
import type { Problem } from '@/lib/core/problem/problem';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { Clock } from '@/lib/core/time/clock';
import type { Granted } from '@/lib/server/access/granted';
import type { KameleoonClient } from '@/lib/server/kameleoon/client';
import type { Frame } from '@/lib/server/live/hub';
import type { Results } from '@/lib/server/live/results';
import type { Health, OwnFacts } from '@/lib/server/services/health';
import { toHealth } from '@/lib/server/services/health';

/** Results as a viewer may see them: each question needs its proof of access. */
export interface ResultsAccess {
  readList(granted: Granted<'read-results'>, ask?: ListAsk): ReadingList;
  /** Throws `not-found`, `invalid-input` (no such goal or reference), or why the list is not known yet. */
  readReading(granted: Granted<'read-results'>, question: Question): Reading;
  /** Throws as `readReading`. At most `MAX_CURVE_POINTS`. */
  readCurve(granted: Granted<'read-results'>, question: Question): Curve;
  /** Every goal by every variation, as last read. Throws as `readReading`. */
  readGoals(granted: Granted<'read-results'>, question: Question): GoalTable;
  /** Moments one can go back to, oldest first. Throws as `readReading`. */
  readMoments(granted: Granted<'read-results'>, question: Question): Moments;
  /** Throws what `subscribe` would, and leaves no trace: `HEAD` asks. */
  checkQuestions(
    granted: Granted<'read-results'> | Granted<'write-notes'>,
    questions: readonly Question[],
  ): void;
  /**
   * A snapshot of each question, then what changes; `onEnd` is called when the process leaves, at once when it is
   * leaving already. Of several questions those that ask for what is gone stay silent; when all do, throws as
   * `readReading`.
   */
  subscribe(
    granted: Granted<'read-results'>,
    questions: readonly Question[],
    onFrame: (frame: Frame) => void,
    onEnd: () => void,
  ): () => void;
  health(granted: Granted<'read-health'>): Health;
  upstreamNowMs(): number;
  /** Waits until this question can be answered from memory, where most of what is at rest is not. Never rejects. */
  prepare(granted: Granted<'read-results'>, question: Question): Promise<void>;
  /** Waits a moment for the first list of experiments: right after a first start nothing is known of any. */
  whenListed(): Promise<void>;
  endStreams(): void;
}

/** A line of 640 px shows no more. */
const MAX_CURVE_POINTS = 300;
/** A token, three lists: about a second. */
const LIST_PATIENCE_MS = 4_000;

const NOTHING_KNOWN: OwnFacts = { version: '', storeBytes: null, eventLoopDelay: null };

/** For what is said of the list itself. */
const NO_ROWS: ListAsk = { kind: 'run', filter: NO_FILTER, group: null, offset: 0, limit: 0 };

/** The dials of a question as a request names them. */
const FIELDS = { goal: 'goal', reference: 'ref', moment: 'at' } as const;

export function createResultsAccess({
  results,
  client,
  clock,
  ownFacts = () => NOTHING_KNOWN,
}: {
  readonly results: Results;
  readonly client: KameleoonClient;
  readonly clock: Clock;
  /** What of the process's health is not a matter of results. */
  readonly ownFacts?: () => OwnFacts;
}): ResultsAccess {
  const startedAtMs = clock.monotonicMs();
  const ends = new Set<() => void>();
  let isLeaving = false;

  const refuse = (problem: Problem): never => {
    throw new ProblemError(problem);
  };

  /** Without any list an unknown experiment is not known *yet*: asking again will help. */
  const toUnlisted = (): Problem => ({
    ...(results.list(NO_ROWS).problem ??
      toProblem('report-not-ready', 'The list of experiments has not been read yet.')),
    retryable: true,
  });

  const refuseLack = (question: Question): void => {
    const { experimentId } = question.subject;
    const lack = results.findLack(question);
    if (lack === null) return;
    if (lack !== 'experiment') {
      const detail = `experiment ${experimentId} has no such ${lack}`;
      refuse(toProblem('invalid-input', detail, { field: FIELDS[lack] }));
    }
    if (!results.status().isListWhole) refuse(toUnlisted());
    refuse(toProblem('not-found', `There is no experiment ${experimentId}.`, { field: 'id' }));
  };

  const refuseLacks = (questions: readonly Question[]): void => {
    // All tabs share one stream: a goal that one of them still asks for must not cost the others theirs.
    if (questions.every((question) => results.findLack(question) !== null))
      for (const question of questions) refuseLack(question);
  };

  return {
    readList: (_granted, ask) => results.list(ask),
    readReading(_granted, question) {
      // Whoever asks without a stream (a page before its scripts run, a proxy that buffers) is a viewer too. Before the
      // look, so that the answer names the next reading by the pace of something watched.
      refuseLack(question);
      if (question.atMs === undefined) results.touch([question.subject.experimentId]);
      return results.find(question) ?? refuse(toUnlisted());
    },
    readCurve(_granted, question) {
      refuseLack(question);
      return results.curve(question, MAX_CURVE_POINTS) ?? refuse(toUnlisted());
    },
    readMoments(_granted, question) {
      refuseLack(question);
      return { moments: results.moments(question.subject.experimentId) };
    },
    readGoals(_granted, question) {
      refuseLack(question);
      return results.goals(question) ?? refuse(toUnlisted());
    },
    checkQuestions: (_granted, questions) => refuseLacks(questions),
    subscribe(_granted, questions, onFrame, onEnd) {
      refuseLacks(questions);
      if (isLeaving) {
        onEnd();
        return () => undefined;
      }
      const leave = results.subscribe(questions, onFrame);
      ends.add(onEnd);
      return () => {
        ends.delete(onEnd);
        leave();
      };
    },
    health: () =>
      toHealth({
        status: results.status(),
        budget: client.budget(),
        upstreamNowMs: client.upstreamNowMs(),
        uptimeMs: clock.monotonicMs() - startedAtMs,
        streams: ends.size,
        isLeaving,
        ...ownFacts(),
      }),
    upstreamNowMs: () => client.upstreamNowMs(),
    prepare: (_granted, question) => results.prepare(question),
    whenListed() {
      let cancel = (): void => {};
      const patience = new Promise<void>((resolve) => {
        cancel = clock.setTimer(resolve, LIST_PATIENCE_MS);
      });
      return Promise.race([results.whenListed(), patience]).finally(() => cancel());
    },
    endStreams() {
      isLeaving = true;
      for (const end of [...ends]) end();
    },
  };
}
