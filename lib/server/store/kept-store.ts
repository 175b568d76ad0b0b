import 'server-only';
import type { Clock } from '@/lib/core/time/clock';
import type { Log } from '@/lib/server/log/create-log';
import { createBacklog, waitingOf } from '@/lib/server/store/backlog';
import { createDiskLine } from '@/lib/server/store/disk-line';
import { createKeptLooks } from '@/lib/server/store/kept-looks';
import { createKeptNotes } from '@/lib/server/store/kept-notes';
import { createKeptRepositories } from '@/lib/server/store/kept-repositories';
import { createKeptRequests, createWaitingRequests } from '@/lib/server/store/kept-requests';
import type { FileStore } from '@/lib/server/store/open-store';
import type { Store } from '@/lib/server/store/store';

export interface KeptStoreOptions {
  /** The store, or why there is none at the moment. */
  readonly first: FileStore | Error;
  /** Opens it anew; `isUnsound` says that what lies there was found damaged. */
  readonly open: (isUnsound: boolean) => Promise<FileStore>;
  readonly clock: Clock;
  readonly log: Log;
  /** Looks that wait for the disk at most. */
  readonly maxLooks?: number;
}

/** A store over a file that may fail and come back: what cannot be written waits, and is read meanwhile. */
export function createKeptStore({ maxLooks, ...options }: KeptStoreOptions): Store {
  const backlog = createBacklog(maxLooks);
  const requests = createWaitingRequests();
  // Requests first: the next process must know them even if this one does not live to write the rest.
  const line = createDiskLine({ ...options, waiting: [requests, ...waitingOf(backlog)] });
  return {
    ...createKeptRepositories(line, backlog),
    ...createKeptNotes(line),
    looks: createKeptLooks(line, backlog),
    requests: createKeptRequests(line, requests),
    problem: line.problem,
    onReturn: line.onReturn,
    sizeBytes: line.sizeBytes,
    close: line.close,
  };
}
