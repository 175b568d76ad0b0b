import 'server-only';
import type { Problem } from '@/lib/core/problem/problem';
import type { Log } from '@/lib/server/log/create-log';
import { toStoreProblem } from '@/lib/server/store/open-store';
import type { Store } from '@/lib/server/store/store';

/** Writes that nobody waits for: what was read is shown even when it cannot be remembered. */
export interface WriteBehind {
  /** Starts a write at once. A failure becomes `problem` until a later write succeeds, or the store has caught up. */
  remember(write: () => Promise<unknown>): void;
  failed(error: unknown): void;
  problem(): Problem | null;
  /** Waits for the writes begun so far; later ones are left out, so that the store may be closed. */
  close(): Promise<void>;
}

export interface WriteBehindOptions {
  readonly store: Pick<Store, 'problem'>;
  readonly log: Log;
}

export function createWriteBehind({ store, log }: WriteBehindOptions): WriteBehind {
  const pending = new Set<Promise<void>>();
  /** What the store does not tell itself: it does for as long as something waits for the disk. */
  let problem: Problem | null = null;
  let isClosed = false;

  const failed = (error: unknown): void => {
    if (store.problem()) return;
    // The first failure is news; it would be said at every reading.
    if (!problem) log.error({ error: String(error) }, 'the store cannot be written');
    problem = toStoreProblem('what was read cannot be remembered', error);
  };

  return {
    remember(write) {
      if (isClosed) return;
      const done = write()
        .then(
          () => {
            problem = null;
          },
          (error: unknown) => failed(error),
        )
        .finally(() => pending.delete(done));
      pending.add(done);
    },
    failed,
    problem: () => store.problem() ?? problem,
    async close() {
      isClosed = true;
      while (pending.size > 0) await Promise.all(pending);
    },
  };
}
