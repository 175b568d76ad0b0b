import 'server-only';
import type { ExperimentId } from '@/lib/core/experiment/ids';
import type { Look } from '@/lib/core/experiment/snapshot';
import { isProblemError } from '@/lib/core/problem/problem';
import type { Clock } from '@/lib/core/time/clock';
import type { Track } from '@/lib/server/experiments/track';
import type { KameleoonClient } from '@/lib/server/kameleoon/client';
import type { PastPoint } from '@/lib/server/live/backfill-plan';
import { planPast, toMissing } from '@/lib/server/live/backfill-plan';
import type { IdleBudget } from '@/lib/server/live/idle-budget';
import type { Log } from '@/lib/server/log/create-log';

const NOT_YET_MS = 5_000;
const FIRST_HOLD_MS = 30_000;
const MAX_HOLD_MS = 30 * 60_000;
/** A point that is refused this often is left out until the process starts again. */
const MAX_TRIES = 3;

export interface Backfill {
  /** Looks whether there is something to buy; called whenever looks, viewers or experiments change. */
  nudge(): void;
  stop(): void;
  /** Whether points were still missing when it last looked. */
  hasWork(): boolean;
}

export interface BackfillOptions {
  readonly clock: Clock;
  readonly client: Pick<KameleoonClient, 'readReport'>;
  readonly idle: IdleBudget;
  readonly log: Log;
  readonly tracks: () => readonly Track[];
  readonly isWatched: (id: ExperimentId) => boolean;
  /** False during the cold start, and while experiments at rest wait for their first reading. */
  readonly mayRun: () => boolean;
  readonly requestsPerReport: () => number;
  readonly onLook: (look: Look) => void;
}

interface Errand extends PastPoint {
  readonly track: Track;
  readonly isWatched: boolean;
}

/** Buys the points of the past one after another, from what live reading leaves over. */
export function createBackfill(options: BackfillOptions): Backfill {
  const { clock, client, idle, log, tracks, isWatched, mayRun, requestsPerReport, onLook } =
    options;
  const tries = new Map<string, number>();
  let isStopped = false;
  let isBuying = false;
  let isWorkLeft = false;
  let failures = 0;
  let heldUntilMs = 0;
  let cancelTimer: (() => void) | null = null;

  const tryKey = ({ track, endMs }: Pick<Errand, 'track' | 'endMs'>): string =>
    `${track.experiment().id}|${endMs}`;

  const missingOf = (track: Track): PastPoint[] => {
    const first = track.looks().find((look) => look.source === 'live');
    if (!first || track.experiment().status === 'draft') return [];
    return toMissing(planPast(track.experiment(), first.snapshot), track.looks()).filter(
      ({ endMs }) => (tries.get(tryKey({ track, endMs })) ?? 0) < MAX_TRIES,
    );
  };

  /** What is looked at first, then what runs, then coarse before fine; among equals the order of the catalogue. */
  const nextErrand = (): Errand | undefined => {
    const toRank = ({ isWatched: seen, track, level }: Errand): number =>
      (seen ? 0 : 100) + (track.experiment().status === 'active' ? 0 : 10) + level;
    let best: Errand | undefined;
    for (const track of tracks()) {
      const point = missingOf(track)[0];
      if (!point) continue;
      const errand = { ...point, track, isWatched: isWatched(track.experiment().id) };
      if (!best || toRank(errand) < toRank(best)) best = errand;
    }
    return best;
  };

  const later = (delayMs: number): void => {
    cancelTimer?.();
    cancelTimer = clock.setTimer(nudge, Math.max(1, delayMs));
  };

  const nudge = (): void => {
    if (isStopped || isBuying) return;
    cancelTimer?.();
    cancelTimer = null;
    const errand = nextErrand();
    isWorkLeft = errand !== undefined;
    if (!errand) return;
    if (!mayRun()) return later(NOT_YET_MS);
    const waitMs = Math.max(
      idle.waitMs(requestsPerReport(), errand.isWatched ? 'eager' : 'patient'),
      heldUntilMs - clock.monotonicMs(),
    );
    if (waitMs > 0) return later(waitMs);
    void buy(errand);
  };

  const buy = async (errand: Errand): Promise<void> => {
    const experiment = errand.track.experiment();
    const expected = requestsPerReport();
    isBuying = true;
    idle.spend(expected);
    try {
      const report = await client.readReport(
        { experiment, unit: 'visitors', endMs: errand.endMs },
        { priority: 'background' },
      );
      idle.spend(report.requests - expected);
      failures = 0;
      // The moment that was asked for is the point's identity: it is how we know that it has been bought.
      const snapshot = { ...report.snapshot, asOfMs: errand.endMs };
      if (!isStopped) onLook({ snapshot, source: 'backfill' });
    } catch (error) {
      failures += 1;
      const problem = isProblemError(error) ? error.problem : undefined;
      // Waiting for budget is not the point's fault.
      if (problem?.code !== 'budget-spent' && problem?.code !== 'upstream-throttled')
        tries.set(tryKey(errand), (tries.get(tryKey(errand)) ?? 0) + 1);
      heldUntilMs =
        clock.monotonicMs() + Math.min(MAX_HOLD_MS, FIRST_HOLD_MS * 2 ** (failures - 1));
      log.warn(
        { experimentId: experiment.id, endMs: errand.endMs, problem },
        'past point not read',
      );
    } finally {
      isBuying = false;
      nudge();
    }
  };

  return {
    nudge,
    hasWork: () => isWorkLeft,
    stop() {
      isStopped = true;
      cancelTimer?.();
      cancelTimer = null;
    },
  };
}
