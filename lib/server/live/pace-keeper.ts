import 'server-only';
import type { ExperimentId } from '@/lib/core/experiment/ids';
import { IDLE_SHARE_WATCHED } from '@/lib/server/live/idle-budget';
import type { Pace } from '@/lib/server/live/pace';
import { toPace } from '@/lib/server/live/pace';

export interface PaceKeeper {
  now(): Pace;
  /** Whether somebody looks at anything that runs. */
  isWatched(): boolean;
  /** Experiments, viewers, costs or idle work changed. */
  renew(): void;
}

export interface PaceKeeperOptions {
  readonly requestsPerReport: () => number;
  readonly hourLimit: () => number;
  /** Those that are read again and again. */
  readonly active: () => ReadonlySet<ExperimentId>;
  readonly isWatched: (id: ExperimentId) => boolean;
  readonly isFocused: (id: ExperimentId) => boolean;
  readonly hasIdleWork: () => boolean;
}

/** The present pace, computed once per change rather than at every question. */
export function createPaceKeeper(options: PaceKeeperOptions): PaceKeeper {
  const { requestsPerReport, hourLimit, isWatched, isFocused, hasIdleWork } = options;
  const compute = () => {
    const active = [...options.active()];
    const watched = active.filter(isWatched).length;
    const pace = toPace({
      active: active.length,
      watched,
      focused: active.filter(isFocused).length,
      requestsPerReport: requestsPerReport(),
      hourLimit: hourLimit(),
      idlePerHour: hasIdleWork() ? IDLE_SHARE_WATCHED * hourLimit() : 0,
    });
    return { pace, isWatched: watched > 0 };
  };
  let computed: ReturnType<typeof compute> | undefined;
  return {
    now: () => (computed ??= compute()).pace,
    isWatched: () => (computed ??= compute()).isWatched,
    renew() {
      computed = undefined;
    },
  };
}
