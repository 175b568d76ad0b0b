import 'server-only';
import type { Problem } from '@/lib/core/problem/problem';
import { ProblemError } from '@/lib/core/problem/problem';
import type { Clock } from '@/lib/core/time/clock';
import type { Log } from '@/lib/server/log/create-log';
import type { FileStore } from '@/lib/server/store/open-store';
import { toStoreProblem } from '@/lib/server/store/open-store';
import { toStorageFault } from '@/lib/server/store/storage-faults';
import type { Waiting } from '@/lib/server/store/waiting-writes';

const FIRST_RETRY_MS = 5_000;
const MAX_RETRY_MS = 60_000;
/** While there is no store at all. */
const OPEN_EVERY_MS = 30_000;
/** How soon it is noticed that the file was taken away, which no write tells. */
const LOOK_EVERY_MS = 30_000;

/** The one way to the disk: goes by itself while the disk works, and waits for it where it does not. */
export interface DiskLine {
  /** Rejects when it is not written (yet): then `keep` was called, and it is written when the disk is back. */
  write<T>(now: (store: FileStore) => Promise<T>, keep: () => void): Promise<T | undefined>;
  /** `nothing` while there is no store. Rejects when the disk fails. */
  read<T>(ask: (store: FileStore) => Promise<T>, nothing: T): Promise<T>;
  /** Whether there is no store: nothing of what was remembered is known. */
  isBlind(): boolean;
  problem(): Problem | null;
  onReturn(listener: () => void): () => void;
  sizeBytes(): number | null;
  /** Tries once more to write what waits. */
  close(): Promise<void>;
}

export interface DiskLineOptions {
  /** Opens the store anew; an unsound file that comes in its way is told by `isUnsound`. */
  readonly open: (isUnsound: boolean) => Promise<FileStore>;
  /** The store, or why there is none at the moment. */
  readonly first: FileStore | Error;
  readonly waiting: readonly Waiting[];
  readonly clock: Clock;
  readonly log: Log;
}

export function createDiskLine({ open, first, waiting, clock, log }: DiskLineOptions): DiskLine {
  let store = first instanceof Error ? null : first;
  let problem: Problem | null = null;
  let faultSinceMs = 0;
  let lastTryMs = 0;
  let failures = 0;
  /** What is open is of no more use for writing, though reading may go on. */
  let mustReopen = false;
  let isUnsound = false;
  /** Something was asked for that could not be read. */
  let hasMissed = false;
  let trying: Promise<void> | null = null;
  let isClosed = false;
  let cancelTimer = (): void => {};
  const listeners = new Set<() => void>();

  const size = (): number => waiting.reduce((sum, part) => sum + part.size(), 0);
  const lost = (): number => waiting.reduce((sum, part) => sum + part.lost(), 0);
  const toRefusal = (error: unknown) =>
    new ProblemError(
      problem ?? toStoreProblem('what was read cannot be remembered', error),
      error instanceof Error ? { cause: error } : {},
    );

  const plan = (): void => {
    cancelTimer();
    if (isClosed) return;
    if (!problem) {
      cancelTimer = clock.setTimer(look, LOOK_EVERY_MS);
      return;
    }
    const waitMs = Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** failures);
    cancelTimer = clock.setTimer(() => void retry(), store ? waitMs : OPEN_EVERY_MS);
  };

  const fail = (error: unknown): void => {
    const fault = toStorageFault(error);
    mustReopen ||= store === null || (fault !== 'full' && fault !== 'busy');
    isUnsound ||= fault === 'corrupt';
    const before = problem;
    problem = toStoreProblem('what was read cannot be remembered', error);
    if (before) return;
    faultSinceMs = lastTryMs = clock.monotonicMs();
    failures = 0;
    const fields = { fault, error: error instanceof Error ? error.message : String(error) };
    log.error(fields, 'the store cannot be written; what is read is kept in memory until it can');
    plan();
  };

  const look = (): void => {
    if (store?.isGone()) fail(new Error('its file was taken away'));
    plan();
  };

  const reopen = async (): Promise<FileStore> => {
    const before = store;
    if (isUnsound) {
      await before?.close().catch(() => undefined);
      store = null;
    }
    const opened = await open(isUnsound);
    store = opened;
    if (before && !isUnsound) await before.close().catch(() => undefined);
    mustReopen = false;
    isUnsound = false;
    return opened;
  };

  const tryAgain = async (): Promise<void> => {
    lastTryMs = clock.monotonicMs();
    try {
      hasMissed ||= store === null;
      const opened = mustReopen || !store ? await reopen() : store;
      opened.makeRoom();
      opened.proveWritable();
      while (size() > 0) for (const part of waiting) await part.flush(opened);
    } catch (error) {
      failures += 1;
      fail(error);
      return;
    }
    problem = null;
    const fields = { afterMs: Math.round(clock.monotonicMs() - faultSinceMs), lost: lost() };
    log.info(fields, 'the store is written again');
    if (!hasMissed) return;
    hasMissed = false;
    for (const listener of [...listeners]) listener();
  };

  const retry = (): Promise<void> =>
    (trying ??= tryAgain().finally(() => {
      trying = null;
      plan();
    }));

  if (first instanceof Error) fail(first);
  plan();

  return {
    async write(now, keep) {
      if (problem === null && store) {
        try {
          return await now(store);
        } catch (error) {
          if (toStorageFault(error) === null) throw error;
          keep();
          fail(error);
          throw toRefusal(error);
        }
      }
      keep();
      // Each write is a reason to look whether the disk is back.
      if (!isClosed && clock.monotonicMs() - lastTryMs >= FIRST_RETRY_MS) void retry();
      if (trying) await trying;
      if (problem !== null) throw toRefusal(problem);
      return undefined;
    },

    async read(ask, nothing) {
      if (!store) {
        hasMissed = true;
        return nothing;
      }
      try {
        return await ask(store);
      } catch (error) {
        if (toStorageFault(error) === null) throw error;
        hasMissed = true;
        fail(error);
        throw toRefusal(error);
      }
    },

    isBlind: () => store === null,
    problem: () => problem,
    onReturn(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    sizeBytes: () => store?.sizeBytes() ?? null,

    async close() {
      isClosed = true;
      cancelTimer();
      if (problem) await retry();
      if (size() > 0) log.error({ lost: size() + lost() }, 'what waited for the disk is lost');
      await store?.close().catch(() => undefined);
    },
  };
}
