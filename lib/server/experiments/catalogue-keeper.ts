import 'server-only';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { ConnectionId, ExperimentId } from '@/lib/core/experiment/ids';
import type { Problem, ProblemCode } from '@/lib/core/problem/problem';
import { atMost } from '@/lib/core/time/at-most';
import type { Clock } from '@/lib/core/time/clock';
import { createChore } from '@/lib/server/experiments/chore';
import { createKnownExperiments, withNames } from '@/lib/server/experiments/known-experiments';
import { tellOfList } from '@/lib/server/experiments/list-advice';
import { toListPeriodMs, toRoundMs } from '@/lib/server/experiments/list-pace';
import { createKeptList } from '@/lib/server/experiments/kept-list';
import { createNameChore } from '@/lib/server/experiments/name-chore';
import { createNameKeeper } from '@/lib/server/experiments/name-keeper';
import { createRunningList } from '@/lib/server/experiments/running-list';
import type { ListProgress } from '@/lib/server/experiments/whole-list';
import { createWholeList } from '@/lib/server/experiments/whole-list';
import type {
  Catalogue,
  CataloguePart,
  KameleoonClient,
  ListPart,
} from '@/lib/server/kameleoon/client';
import { FIRST_PAGE } from '@/lib/server/kameleoon/client';
import type { Log } from '@/lib/server/log/create-log';
import type { Store } from '@/lib/server/store/open-store';

/** While something more pressing goes on, or nothing is left over. */
const LATER_MS = 1_000;
/** Labels may be late; experiments that can be read may not. */
const PATIENCE_MS = 3_000;
/** A filter that breaks the API must not keep the list from being read without it. */
const FAILURES_TO_GIVE_UP = 3;
const BROKEN: ReadonlySet<ProblemCode> = new Set(['upstream-failed', 'upstream-unreadable']);

export interface CatalogueKeeper {
  /** The last good list from before, which is shown until the first answer. */
  restore(): Promise<void>;
  start(): void;
  stop(): void;
  /** Somebody came: reads now if what is known is older than the pace for viewers. */
  hurry(): void;
  /** undefined before the first experiments are known. */
  last(): Catalogue | undefined;
  find(id: ExperimentId): Experiment | undefined;
  /** How far the whole list has been read; what runs is known before. */
  listed(): ListProgress;
  /** Whether what is not in the list does not exist. */
  isWhole(): boolean;
  /** Why the last reading failed; null when it went well. */
  problem(): Problem | null;
}

export interface CatalogueKeeperOptions {
  readonly connectionId: ConnectionId;
  readonly client: Pick<KameleoonClient, 'readCatalogue' | 'readNames' | 'upstreamNowMs'>;
  readonly store: Pick<Store, 'catalogues' | 'names'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly hasViewers: () => boolean;
  /** True while first verdicts are waited for: what is at rest comes after them. */
  readonly isPressed: () => boolean;
  /** Time until requests that nobody waits for may go out; spends them when that is now. */
  readonly spare: (requests: number) => number;
  /** The list differs from before, or is known for the first time. */
  readonly onCatalogue: (catalogue: Catalogue) => void;
  /** A part of it was read well. */
  readonly onRead: () => void;
  readonly onStoreFailure: (error: unknown) => void;
}

/**
 * Keeps the list of experiments as configured. What runs is read at start and then every five minutes, by a filter; the
 * whole comes page by page behind that, and again about hourly. Where the whole is one page, or the API does not filter,
 * it is read instead. What was known stays until something newer is.
 */
export function createCatalogueKeeper(options: CatalogueKeeperOptions): CatalogueKeeper {
  const { connectionId, client, store, clock, log, hasViewers, isPressed, spare } = options;
  const known = createKnownExperiments();
  let hasBegun = false;

  const read = (part: ListPart): Promise<CataloguePart> => {
    // Only who has no list at all waits for it; renewing it belongs to the paced work.
    const priority = known.size() === 0 ? 'interactive' : 'background';
    const knownNames = names.known();
    return client.readCatalogue({ part, priority, knownNames, remembered: list.kept() });
  };

  const names = createNameKeeper({
    connectionId,
    client,
    store: store.names,
    clock,
    onNames: (found) => {
      const last = list.last();
      if (known.name(found) && last) list.show(last.asOfMs);
    },
    onStoreFailure: options.onStoreFailure,
  });
  const running = createRunningList({
    known,
    read,
    async beforePut(experiments) {
      if (known.size() > 0) return experiments;
      await atMost(clock, names.readFor(experiments, 'interactive'), PATIENCE_MS);
      return experiments.map((experiment) => withNames(experiment, names.known()));
    },
    onSeen: (ids) => whole.saw(ids),
    onDistrust: (why) => log.warn({ connectionId, why }, 'the list is not filtered by status'),
  });
  const whole = createWholeList({ known, read });
  const list = createKeptList({ ...options, store: store.catalogues, known, whole });

  /** One page says all: no need to ask twice. */
  const isSmall = (): boolean =>
    whole.isKnown() && known.size() <= FIRST_PAGE.perPage && whole.pages() <= 1;
  const tell = tellOfList(log, connectionId);
  const pressedMs = (): number => (isPressed() ? LATER_MS : 0);
  const beginWhole = (): void => {
    if (!hasBegun) wholeChore.start();
    hasBegun = true;
  };

  const runningChore = createChore({
    clock,
    ...tell,
    onFailure(problem, failures, isNews) {
      tell.onFailure(problem, failures, isNews);
      if (failures >= FAILURES_TO_GIVE_UP && BROKEN.has(problem.code)) beginWhole();
    },
    periodMs: () => toListPeriodMs(hasViewers()),
    async run() {
      const part = !isSmall() && running.isTrusted() ? await running.read() : null;
      if (!isRunning) return;
      if (part) {
        list.show(part.asOfMs);
        list.keep();
        options.onRead();
      }
      beginWhole();
      namesChore.replan();
    },
  });

  let wholeWaitMs = 0;
  const wholeChore = createChore({
    clock,
    ...tell,
    periodMs: () => (wholeWaitMs > 0 || whole.isUnderWay() ? wholeWaitMs : roundMs()),
    async run() {
      const isFirst = !whole.isKnown();
      if (isFirst) wholeWaitMs = pressedMs();
      else wholeWaitMs = isSmall() || !running.isTrusted() ? 0 : spare(1);
      if (wholeWaitMs > 0) return;
      const page = await whole.turnPage();
      if (!isRunning) return;
      if (isFirst && whole.isKnown()) running.check(known.all());
      list.show(page.asOfMs);
      if (!whole.isUnderWay()) list.keep();
      options.onRead();
      namesChore.replan();
    },
  });
  const roundMs = (): number =>
    whole.isKnown()
      ? toRoundMs({
          hasViewers: hasViewers(),
          isSmall: isSmall(),
          isFiltered: running.isTrusted(),
          pages: whole.pages(),
        })
      : 0;

  const namesChore = createNameChore({ clock, names, experiments: known.all, pressedMs, spare });

  let isRunning = false;
  return {
    async restore() {
      await names.restore();
      await list.restore();
    },
    start() {
      isRunning = true;
      runningChore.start();
      namesChore.start();
    },
    stop() {
      isRunning = false;
      for (const chore of [runningChore, wholeChore, namesChore]) chore.stop();
    },
    hurry() {
      runningChore.replan();
      if (hasBegun) wholeChore.replan();
    },
    last: list.last,
    find: known.find,
    listed: whole.progress,
    isWhole: whole.isKnown,
    problem: () => runningChore.problem() ?? wholeChore.problem(),
  };
}
