import 'server-only';
import type { ExperimentId } from '@/lib/core/experiment/ids';
import type { Problem } from '@/lib/core/problem/problem';
import { isProblemError, toProblem } from '@/lib/core/problem/problem';
import type { FormKeeper } from '@/lib/server/experiments/form-keeper';
import type { Reader } from '@/lib/server/experiments/reader';
import type { Shelf } from '@/lib/server/experiments/shelf';
import type { KameleoonClient, Priority } from '@/lib/server/kameleoon/client';
import type { Outcome } from '@/lib/server/live/entry';
import { concernsAll } from '@/lib/server/live/outage';
import type { Log } from '@/lib/server/log/create-log';

/** A report and, now and then, a second poll. */
const EXPECTED_REQUESTS = 2.05;
/** Weight of the newest report in the learnt cost. */
const LEARNING = 0.1;

export interface ReadOne {
  /**
   * Reads one experiment onto the shelf, or remembers why not. Never throws. `raised` fires when a person begins to
   * wait for what was asked for in the background.
   */
  read(id: ExperimentId, priority: Priority, raised?: AbortSignal): Promise<Outcome>;
  /** Why the last attempt on an experiment failed; null when it went well. */
  problemOf(id: ExperimentId): Problem | null;
  /** Why the last attempt failed, as far as that concerns all experiments; null when the last one went well. */
  lastProblem(): Problem | null;
  /** Attempts since the process started, by how they ended: `good`, or the code of the problem. */
  outcomes(): ReadonlyMap<string, number>;
  /** Learnt wire requests per report. */
  requestsPerReport(): number;
}

export interface ReadOneOptions {
  readonly client: Pick<KameleoonClient, 'upstreamNowMs'>;
  readonly reader: Reader;
  readonly shelf: Pick<Shelf, 'find' | 'take'>;
  /** Decides what is counted. */
  readonly forms: Pick<FormKeeper, 'read'>;
  readonly log: Log;
}

export function createReadOne({ client, reader, shelf, forms, log }: ReadOneOptions): ReadOne {
  const problems = new Map<ExperimentId, Problem>();
  const outcomes = new Map<string, number>();
  let lastProblem: Problem | null = null;
  let requestsPerReport = EXPECTED_REQUESTS;

  const count = (outcome: string): void =>
    void outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);

  const fail = (id: ExperimentId, error: unknown): Outcome => {
    const problem = isProblemError(error) ? error.problem : toProblem('internal', String(error));
    // Told once; that it goes on is no news.
    const isNews = problems.get(id)?.code !== problem.code;
    problems.set(id, problem);
    // The trouble of one experiment is no news of the whole, unless nothing is known of the others.
    if (concernsAll(problem.code) || !outcomes.has('good')) lastProblem = problem;
    count(problem.code);
    if (isNews) log.warn({ experimentId: id, problem }, 'experiment not read');
    else log.debug({ experimentId: id, problem }, 'experiment still not read');
    const { retryable: isRetryable, retryAtMs } = problem;
    const retryInMs = retryAtMs === undefined ? null : retryAtMs - client.upstreamNowMs();
    return { kind: 'failed', code: problem.code, isRetryable, retryInMs };
  };

  return {
    async read(id, priority, raised) {
      try {
        const track = shelf.find(id);
        if (!track) throw new Error(`experiment ${id} left the list while it waited`);
        const experiment = track.experiment();
        const { snapshot, requests } = await forms.read(experiment, (form) =>
          reader.read(experiment, form, priority, raised),
        );
        await shelf.take(snapshot);
        problems.delete(id);
        lastProblem = null;
        count('good');
        // Never below one, whatever a report claims: the pace is divided by it.
        requestsPerReport += LEARNING * (Math.max(1, requests) - requestsPerReport);
        return { kind: 'good', requests };
      } catch (error) {
        return fail(id, error);
      }
    },
    problemOf: (id) => problems.get(id) ?? null,
    lastProblem: () => lastProblem,
    outcomes: () => outcomes,
    requestsPerReport: () => requestsPerReport,
  };
}
