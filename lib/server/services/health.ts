import 'server-only';
import type { Problem } from '@/lib/core/problem/problem';
import type { BudgetUse, WindowUse } from '@/lib/server/kameleoon/client';
import type { ResultsStatus } from '@/lib/server/live/results';

/** `starting` until the first answer; `refused`: the credentials; `limited`: 429 or our own budget; `failing`: the rest. */
export type UpstreamState = 'starting' | 'reachable' | 'limited' | 'refused' | 'failing';

interface WindowHealth extends WindowUse {
  readonly left: number;
}

/** `GET /api/health`. Times are upstream time. */
export interface Health {
  readonly status: 'ok' | 'degraded';
  readonly uptimeMs: number;
  readonly nowMs: number;
  readonly upstream: {
    readonly state: UpstreamState;
    readonly lastGoodAtMs: number | null;
    readonly problem: Problem | null;
    /** Whether conversions were shown to count people. */
    readonly unitProof: ResultsStatus['unitProof'];
    readonly quarantined: number;
  };
  readonly reading: ResultsStatus['progress'];
  readonly store: { readonly state: 'ok' | 'failing'; readonly problem: Problem | null };
  readonly viewers: { readonly streams: number; readonly experimentsWatched: number };
  readonly budget: {
    readonly tenSeconds: WindowHealth;
    readonly hour: WindowHealth;
    readonly requestsSinceStart: number;
    readonly refused429: number;
  };
}

export interface HealthFacts {
  readonly status: ResultsStatus;
  readonly budget: BudgetUse;
  readonly upstreamNowMs: number;
  readonly uptimeMs: number;
  readonly streams: number;
}

const withLeft = (window: WindowUse): WindowHealth => ({
  ...window,
  left: Math.max(0, window.limit - window.used),
});

export function toHealth({
  status,
  budget,
  upstreamNowMs,
  uptimeMs,
  streams,
}: HealthFacts): Health {
  const upstream = upstreamState(status);
  return {
    status: upstream === 'reachable' && !status.storeProblem ? 'ok' : 'degraded',
    uptimeMs: Math.round(uptimeMs),
    nowMs: Math.round(upstreamNowMs),
    upstream: {
      state: upstream,
      lastGoodAtMs: status.lastGoodAtMs,
      problem: status.problem,
      unitProof: status.unitProof,
      quarantined: status.quarantined,
    },
    reading: status.progress,
    store: { state: status.storeProblem ? 'failing' : 'ok', problem: status.storeProblem },
    viewers: { streams, experimentsWatched: status.watched },
    budget: {
      tenSeconds: withLeft(budget.tenSeconds),
      hour: withLeft(budget.hour),
      requestsSinceStart: budget.total,
      refused429: budget.refused429,
    },
  };
}

function upstreamState({ problem, catalogueAsOfMs }: ResultsStatus): UpstreamState {
  if (problem === null) return catalogueAsOfMs === null ? 'starting' : 'reachable';
  if (problem.code === 'upstream-auth' || problem.code === 'upstream-forbidden') return 'refused';
  if (problem.code === 'upstream-throttled' || problem.code === 'budget-spent') return 'limited';
  return 'failing';
}
