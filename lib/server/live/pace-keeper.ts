import 'server-only';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { ExperimentId } from '@/lib/core/experiment/ids';
import { IDLE_SHARE_WATCHED } from '@/lib/server/live/idle-budget';
import type { Pace } from '@/lib/server/live/pace';
import { toPace } from '@/lib/server/live/pace';

export interface PaceKeeper {
  now(): Pace;
  /** Experiments, viewers, costs or idle work changed. */
  renew(): void;
}

export interface PaceKeeperOptions {
  readonly requestsPerReport: () => number;
  readonly hourLimit: () => number;
  readonly experiments: () => readonly Experiment[];
  readonly isWatched: (id: ExperimentId) => boolean;
  readonly hasIdleWork: () => boolean;
}

/** The present pace, computed once per change rather than at every question. */
export function createPaceKeeper(options: PaceKeeperOptions): PaceKeeper {
  const { requestsPerReport, hourLimit, experiments, isWatched, hasIdleWork } = options;
  const compute = (): Pace => {
    const active = experiments().filter((experiment) => experiment.status === 'active');
    return toPace({
      active: active.length,
      watched: active.filter((experiment) => isWatched(experiment.id)).length,
      requestsPerReport: requestsPerReport(),
      hourLimit: hourLimit(),
      idlePerHour: hasIdleWork() ? IDLE_SHARE_WATCHED * hourLimit() : 0,
    });
  };
  let pace: Pace | undefined;
  return {
    now: () => (pace ??= compute()),
    renew() {
      pace = undefined;
    },
  };
}
