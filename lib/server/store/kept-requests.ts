import 'server-only';
import type { ConnectionId } from '@/lib/core/experiment/ids';
import type { DiskLine } from '@/lib/server/store/disk-line';
import type { RequestRepository } from '@/lib/server/store/request-repository';
import type { Waiting } from '@/lib/server/store/waiting-writes';

/** More than any window counts. */
const MAX_REQUESTS = 2_000;
const ROWS_PER_STATEMENT = 500;

interface Ledger {
  waiting: { atMs: number; readonly isBackground: boolean }[];
  /** What the kept ones have yet to move by. */
  shiftMs: number;
  /** Up to when the kept ones are to be dropped. */
  forgottenMs: number;
}

export interface WaitingRequests extends Waiting {
  of(connection: ConnectionId): Ledger;
  trim(ledger: Ledger): void;
}

/** Requests that could not be written down: a list to which things are done in an order, so not by keys. */
export function createWaitingRequests(): WaitingRequests {
  const ledgers = new Map<ConnectionId, Ledger>();
  let lost = 0;

  return {
    of(connection) {
      const known = ledgers.get(connection);
      if (known) return known;
      const fresh = { waiting: [], shiftMs: 0, forgottenMs: Number.NEGATIVE_INFINITY };
      ledgers.set(connection, fresh);
      return fresh;
    },

    trim(ledger) {
      const excess = Math.max(0, ledger.waiting.length - MAX_REQUESTS);
      ledger.waiting.splice(0, excess);
      lost += excess;
    },

    size: () =>
      [...ledgers.values()].reduce(
        (sum, { waiting, shiftMs, forgottenMs }) =>
          sum + waiting.length + Number(shiftMs !== 0) + Number(Number.isFinite(forgottenMs)),
        0,
      ),
    lost: () => lost,

    async flush({ requests }) {
      for (const [connection, ledger] of ledgers) {
        const { shiftMs, forgottenMs } = ledger;
        if (shiftMs !== 0) {
          await requests.shift(connection, shiftMs);
          ledger.shiftMs -= shiftMs;
        }
        if (Number.isFinite(forgottenMs)) {
          await requests.forget(connection, forgottenMs);
          if (ledger.forgottenMs === forgottenMs) ledger.forgottenMs = Number.NEGATIVE_INFINITY;
        }
        // What is shifted meanwhile is shifted here too; whatever went out before that is shifted by the next flush.
        while (ledger.waiting.length > 0 && ledger.shiftMs === 0) {
          const some = new Set(ledger.waiting.slice(0, ROWS_PER_STATEMENT));
          await requests.add(connection, [...some]);
          ledger.waiting = ledger.waiting.filter((request) => !some.has(request));
        }
      }
    },
  };
}

/** Requests over a disk that may fail. Without a store it is not known what went out, and reading says so. */
export function createKeptRequests(line: DiskLine, backlog: WaitingRequests): RequestRepository {
  return {
    add: (connection, requests) =>
      line.write(
        (store) => store.requests.add(connection, requests),
        () => {
          const ledger = backlog.of(connection);
          for (const request of requests) ledger.waiting.push({ ...request });
          backlog.trim(ledger);
        },
      ),

    shift: (connection, byMs) =>
      line.write(
        (store) => store.requests.shift(connection, byMs),
        () => {
          const ledger = backlog.of(connection);
          ledger.shiftMs += byMs;
          ledger.forgottenMs += byMs;
          // In place: some of them may be on their way to the disk, whose rows are moved afterwards.
          for (const request of ledger.waiting) request.atMs += byMs;
        },
      ),

    forget: (connection, untilMs) =>
      line.write(
        (store) => store.requests.forget(connection, untilMs),
        () => {
          const ledger = backlog.of(connection);
          ledger.forgottenMs = Math.max(ledger.forgottenMs, untilMs);
          ledger.waiting = ledger.waiting.filter(({ atMs }) => atMs > untilMs);
        },
      ),

    async read(connection, sinceMs) {
      const { waiting, shiftMs, forgottenMs } = backlog.of(connection);
      if (line.isBlind()) throw new Error('the requests of the last hour are not known');
      const kept = await line.read(
        (store) => store.requests.read(connection, sinceMs - shiftMs),
        [],
      );
      const moved = kept
        .map((request) => ({ ...request, atMs: request.atMs + shiftMs }))
        .filter(({ atMs }) => atMs > forgottenMs);
      return [...moved, ...waiting]
        .filter(({ atMs }) => atMs > sinceMs)
        .sort((a, b) => a.atMs - b.atMs);
    },
  };
}
