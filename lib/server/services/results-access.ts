import 'server-only';
import type { Question } from '@/lib/core/experiment/question';
import type { Curve, Reading, ReadingList } from '@/lib/core/live/reading';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { Clock } from '@/lib/core/time/clock';
import type { Granted } from '@/lib/server/access/granted';
import type { KameleoonClient } from '@/lib/server/kameleoon/client';
import type { Frame } from '@/lib/server/live/hub';
import type { Results } from '@/lib/server/live/results';
import type { Health } from '@/lib/server/services/health';
import { toHealth } from '@/lib/server/services/health';

/** Results as a viewer may see them: each question needs its proof of access. */
export interface ResultsAccess {
  readList(granted: Granted<'read-results'>): ReadingList;
  /** Throws `not-found`. */
  readReading(granted: Granted<'read-results'>, question: Question): Reading;
  /** Throws `not-found`. At most `MAX_CURVE_POINTS`. */
  readCurve(granted: Granted<'read-results'>, question: Question): Curve;
  /** A snapshot of each question, then what changes; `onEnd` is called when the process leaves. Throws `not-found`. */
  subscribe(
    granted: Granted<'read-results'>,
    questions: readonly Question[],
    onFrame: (frame: Frame) => void,
    onEnd: () => void,
  ): () => void;
  health(granted: Granted<'read-health'>): Health;
  upstreamNowMs(): number;
  endStreams(): void;
}

/** A line of 640 px shows no more. */
const MAX_CURVE_POINTS = 300;

export function createResultsAccess({
  results,
  client,
  clock,
}: {
  readonly results: Results;
  readonly client: KameleoonClient;
  readonly clock: Clock;
}): ResultsAccess {
  const startedAtMs = clock.monotonicMs();
  const ends = new Set<() => void>();

  const notFound = ({ subject }: Question): never => {
    throw new ProblemError(
      toProblem('not-found', `There is no experiment ${subject.experimentId}.`, { field: 'id' }),
    );
  };

  return {
    readList: () => results.list(),
    readReading(_granted, question) {
      // Whoever asks without a stream (a page before its scripts run, a proxy that buffers) is a viewer too. Before the
      // look, so that the answer names the next reading by the pace of something watched.
      results.touch([question.subject.experimentId]);
      return results.find(question) ?? notFound(question);
    },
    readCurve: (_granted, question) =>
      results.curve(question, MAX_CURVE_POINTS) ?? notFound(question),
    subscribe(_granted, questions, onFrame, onEnd) {
      for (const question of questions) if (!results.find(question)) notFound(question);
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
      }),
    upstreamNowMs: () => client.upstreamNowMs(),
    endStreams() {
      for (const end of [...ends]) end();
    },
  };
}
