import 'server-only';
import type { ConnectionId } from '@/lib/core/experiment/ids';
import type { Problem, ProblemCode } from '@/lib/core/problem/problem';
import { isProblemError, toProblem } from '@/lib/core/problem/problem';
import type { Clock } from '@/lib/core/time/clock';
import { toKnownNames, toReadNames } from '@/lib/server/experiments/known-names';
import type { Catalogue, KameleoonClient } from '@/lib/server/kameleoon/client';
import type { Log } from '@/lib/server/log/create-log';
import type { Store } from '@/lib/server/store/open-store';
import type { ReadName } from '@/lib/server/store/variation-name-repository';

const PERIOD_MS = 5 * 60_000;
/** Nobody looks: a tenth of the pace. */
const UNWATCHED_FACTOR = 10;
const FIRST_RETRY_MS = 5_000;
/** Upstream may come back at any time: a minute later at most we are back too. */
const MAX_RETRY_MS = 60_000;

export interface CatalogueKeeper {
  /** The last good catalogue from before, which is shown until the first answer. */
  restore(): Promise<void>;
  start(): void;
  stop(): void;
  /** Somebody came: reads now if what is known is older than the pace for viewers. */
  hurry(): void;
  last(): Catalogue | undefined;
  /** Why the last reading failed; null when it went well. */
  problem(): Problem | null;
}

export interface CatalogueKeeperOptions {
  readonly connectionId: ConnectionId;
  readonly client: KameleoonClient;
  readonly store: Pick<Store, 'catalogues' | 'names'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly hasViewers: () => boolean;
  readonly onCatalogue: (catalogue: Catalogue) => void;
  readonly onStoreFailure: (error: unknown) => void;
}

/** Keeps the list of experiments as configured: read at start and then every five minutes, the last good one kept. */
export function createCatalogueKeeper(options: CatalogueKeeperOptions): CatalogueKeeper {
  const { connectionId, client, store, clock, log, hasViewers } = options;
  const names = new Map<string, ReadName>();
  let last: Catalogue | undefined;
  let problem: Problem | null = null;
  let failures = 0;
  let lastTryMs = Number.NEGATIVE_INFINITY;
  let isRunning = false;
  let isReading = false;
  let cancelTimer: (() => void) | null = null;

  const waitMs = (): number => {
    const periodMs = hasViewers() ? PERIOD_MS : PERIOD_MS * UNWATCHED_FACTOR;
    if (failures === 0) return periodMs;
    // Without any catalogue there is nothing to show, so the first tries follow quickly.
    return Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1));
  };

  const plan = (): void => {
    cancelTimer?.();
    cancelTimer = null;
    if (!isRunning || isReading) return;
    const dueInMs = Math.max(0, lastTryMs + waitMs() - clock.monotonicMs());
    cancelTimer = clock.setTimer(() => void read(), dueInMs);
  };

  const remember = async (catalogue: Catalogue, read: readonly ReadName[]): Promise<void> => {
    await store.catalogues.set(connectionId, catalogue);
    if (read.length > 0) await store.names.set(connectionId, read);
  };

  const read = async (): Promise<void> => {
    cancelTimer?.();
    cancelTimer = null;
    isReading = true;
    lastTryMs = clock.monotonicMs();
    try {
      const knownNames = toKnownNames(names.values(), client.upstreamNowMs());
      // Only who has no list at all waits for it; renewing it belongs to the paced work.
      const priority = last ? 'background' : 'interactive';
      const catalogue = await client.readCatalogue({ priority, knownNames });
      if (!isRunning) return;
      const newNames = toReadNames(catalogue.experiments, knownNames, catalogue.asOfMs);
      for (const entry of newNames) names.set(entry.variationId, entry);
      last = catalogue;
      if (problem) log.info({ connectionId, failures }, 'the list of experiments is read again');
      problem = null;
      failures = 0;
      remember(catalogue, newNames).catch(options.onStoreFailure);
      options.onCatalogue(catalogue);
    } catch (error) {
      failures += 1;
      const before = problem?.code;
      problem = isProblemError(error) ? error.problem : toProblem('internal', String(error));
      const fields = { connectionId, problem, failures, ...toAdvice(problem.code) };
      // Told once; that it goes on is no news.
      if (problem.code === before) log.debug(fields, 'the list of experiments is still not read');
      else log.warn(fields, 'the list of experiments cannot be read');
    } finally {
      isReading = false;
      plan();
    }
  };

  return {
    async restore() {
      for (const entry of await store.names.read(connectionId)) names.set(entry.variationId, entry);
      last = await store.catalogues.find(connectionId);
    },
    start() {
      isRunning = true;
      void read();
    },
    stop() {
      isRunning = false;
      cancelTimer?.();
      cancelTimer = null;
    },
    hurry: plan,
    last: () => last,
    problem: () => problem,
  };
}

/** What an operator can do about it; most of what fails passes by itself. */
function toAdvice(code: ProblemCode): { readonly advice?: string } {
  if (code === 'upstream-auth')
    return { advice: 'correct KAMELEOON_CLIENT_ID and KAMELEOON_CLIENT_SECRET, then start again' };
  if (code === 'upstream-unreachable')
    return { advice: 'check KAMELEOON_API_URL and the way to it; it is tried again by itself' };
  return {};
}
