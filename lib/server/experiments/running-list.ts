import 'server-only';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { ExperimentId } from '@/lib/core/experiment/ids';
import { isProblemError } from '@/lib/core/problem/problem';
import type { KnownExperiments } from '@/lib/server/experiments/known-experiments';
import type { CataloguePart, ListPart } from '@/lib/server/kameleoon/client';

/** What runs, asked for by a filter that nobody has proved to work: it is watched, and given up when it errs. */
export interface RunningList {
  /** Reads what runs, and what has left that since the last time. Throws ProblemError. */
  read(): Promise<CataloguePart | null>;
  isTrusted(): boolean;
  /** The whole list is there: whether the filter had missed something that ran already. */
  check(all: readonly Experiment[]): void;
}

export interface RunningListOptions {
  readonly known: KnownExperiments;
  readonly read: (part: ListPart) => Promise<CataloguePart>;
  /** Before the first experiments of all are shown. */
  readonly beforePut: (experiments: readonly Experiment[]) => Promise<readonly Experiment[]>;
  readonly onSeen: (ids: readonly ExperimentId[]) => void;
  readonly onDistrust: (why: string) => void;
}

/** Those that left are asked for by id, so many at a time. */
const MAX_ASKED = 100;
/** What began to run so shortly before proves nothing. */
const GRACE_MS = 5 * 60_000;

export function createRunningList(options: RunningListOptions): RunningList {
  const { known, read, beforePut, onSeen, onDistrust } = options;
  let isTrusted = true;
  let last: { readonly ids: ReadonlySet<ExperimentId>; readonly asOfMs: number } | null = null;

  const distrust = (why: string): void => {
    if (isTrusted) onDistrust(why);
    isTrusted = false;
  };

  const readRunning = async (): Promise<CataloguePart | null> => {
    try {
      return await read({ kind: 'running' });
    } catch (error) {
      if (!isProblemError(error) || error.problem.code !== 'upstream-rejected') throw error;
      distrust(error.problem.detail);
      return null;
    }
  };

  return {
    isTrusted: () => isTrusted,
    async read() {
      const running = await readRunning();
      if (!running) return null;
      const ids = new Set([...running.experiments.map(({ id }) => id), ...running.unreadable]);
      last = { ids, asOfMs: running.asOfMs };
      const left = known
        .all()
        .flatMap(({ id, status }) => (status === 'active' && !ids.has(id) ? [id] : []));
      known.put(await beforePut(running.experiments));
      onSeen([...ids]);
      if (left.length === 0) return running;
      const others = await read({ kind: 'ids', ids: left.slice(0, MAX_ASKED) });
      const stillRuns = others.experiments.filter(({ status }) => status === 'active');
      if (stillRuns.length > 0) distrust(`it lacks ${stillRuns.length} that run`);
      known.put(others.experiments);
      known.remove(others.gone);
      return running;
    },
    check(all) {
      if (!last || !isTrusted) return;
      const { ids, asOfMs } = last;
      const missed = all.filter(
        ({ id, status, startedAtMs, statusChangedAtMs }) =>
          status === 'active' &&
          !ids.has(id) &&
          Math.max(startedAtMs ?? asOfMs, statusChangedAtMs ?? 0) < asOfMs - GRACE_MS,
      );
      if (missed.length > 0) distrust(`it lacks ${missed.length} that run`);
    },
  };
}
