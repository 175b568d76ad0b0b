import 'server-only';
import type { Look } from '@/lib/core/experiment/snapshot';
import { isProblemError } from '@/lib/core/problem/problem';
import type { Clock } from '@/lib/core/time/clock';
import type { KameleoonClient } from '@/lib/server/kameleoon/client';
import type { IdleBudget } from '@/lib/server/live/idle-budget';
import type { Errand, PastErrandsOptions } from '@/lib/server/live/past-errands';
import { createPastErrands } from '@/lib/server/live/past-errands';
import type { RushBudget } from '@/lib/server/live/rush-budget';
import type { Log } from '@/lib/server/log/create-log';

const NOT_YET_MS = 5_000;
const FIRST_HOLD_MS = 30_000;
const MAX_HOLD_MS = 30 * 60_000;
/** Pages that have just been opened are served side by side; the rest is a trickle. */
const MAX_PRESSING_AT_ONCE = 3;

export interface Backfill {
  /** Looks whether there is something to buy; called whenever looks, viewers or experiments change. */
  nudge(): void;
  stop(): void;
  /** Whether points were still missing when it last looked. */
  hasWork(): boolean;
  /** Points still missing. */
  pointsLeft(): number;
}

export interface BackfillOptions extends PastErrandsOptions {
  readonly clock: Clock;
  readonly client: Pick<KameleoonClient, 'readReport'>;
  readonly idle: IdleBudget;
  readonly rush: RushBudget;
  readonly log: Log;
  /** False during the cold start: first verdicts come before curves. */
  readonly mayRun: () => boolean;
  /** Whether experiments at rest wait for their first reading: it comes before the past of those nobody looks at. */
  readonly hasIdleReadings: () => boolean;
  readonly requestsPerReport: () => number;
  readonly onLook: (look: Look) => Promise<void>;
}

/** Buys the points of the past: an open page's first ones at once, all others from what live reading leaves over. */
export function createBackfill(options: BackfillOptions): Backfill {
  const { clock, client, idle, rush, log, mayRun, hasIdleReadings, requestsPerReport, onLook } =
    options;
  const errands = createPastErrands(options);
  let isStopped = false;
  let buying = 0;
  let isWorkLeft = false;
  let failures = 0;
  let heldUntilMs = 0;
  let cancelTimer: (() => void) | null = null;

  const later = (delayMs: number): void => {
    cancelTimer?.();
    cancelTimer = clock.setTimer(nudge, Math.max(1, delayMs));
  };

  const isTooEarly = ({ track, isWatched }: Errand): boolean =>
    !mayRun() || (!isWatched && track.experiment().status !== 'active' && hasIdleReadings());

  const nudge = (): void => {
    if (isStopped) return;
    cancelTimer?.();
    cancelTimer = null;
    while (buying < MAX_PRESSING_AT_ONCE) {
      const errand = errands.next();
      isWorkLeft = errand !== undefined || buying > 0;
      if (!errand) return;
      if (isTooEarly(errand)) return later(NOT_YET_MS);
      const heldMs = heldUntilMs - clock.monotonicMs();
      if (heldMs > 0) return later(heldMs);
      const requests = requestsPerReport();
      const isRushed = errand.isPressing && rush.takePast(requests);
      if (!isRushed) {
        if (buying > 0) return;
        const waitMs = idle.trySpend(requests, errand.isWatched ? 'eager' : 'patient');
        if (waitMs > 0) return later(waitMs);
      }
      void buy(errand, isRushed);
    }
  };

  const buy = async (errand: Errand, isRushed: boolean): Promise<void> => {
    const experiment = errand.track.experiment();
    const expected = requestsPerReport();
    const end = errands.begin(errand);
    buying += 1;
    try {
      const report = await client.readReport(
        { experiment, ...errand.form, endMs: errand.endMs },
        { priority: isRushed ? 'interactive' : 'background' },
      );
      if (!isRushed) idle.spend(report.requests - expected);
      failures = 0;
      // The moment that was asked for is the point's identity: it is how we know that it has been bought.
      const snapshot = { ...report.snapshot, asOfMs: errand.endMs };
      if (!isStopped) await onLook({ snapshot, source: 'backfill' });
    } catch (error) {
      failures += 1;
      const problem = isProblemError(error) ? error.problem : undefined;
      // Waiting for budget is not the point's fault.
      if (problem?.code !== 'budget-spent' && problem?.code !== 'upstream-throttled')
        errands.failed(errand);
      heldUntilMs =
        clock.monotonicMs() + Math.min(MAX_HOLD_MS, FIRST_HOLD_MS * 2 ** (failures - 1));
      log.warn(
        { experimentId: experiment.id, endMs: errand.endMs, problem },
        'past point not read',
      );
    } finally {
      end();
      buying -= 1;
      nudge();
    }
  };

  return {
    nudge,
    hasWork: () => isWorkLeft,
    pointsLeft: errands.left,
    stop() {
      isStopped = true;
      cancelTimer?.();
      cancelTimer = null;
    },
  };
}
