import 'server-only';
import type { Problem } from '@/lib/core/problem/problem';
import { toProblem } from '@/lib/core/problem/problem';
import type { BudgetUse, WindowUse } from '@/lib/server/kameleoon/client';
import type { ResultsStatus } from '@/lib/server/live/results';
import type { LoopDelay } from '@/lib/server/metrics/loop-delay';

/** `starting` until the first answer; `refused`: the credentials; `limited`: 429 or our own budget; `failing`: the rest. */
export type UpstreamState = 'starting' | 'reachable' | 'limited' | 'refused' | 'failing';

interface WindowHealth extends WindowUse {
  readonly left: number;
}

/** `GET /api/health`. Times are upstream time. */
export interface Health {
  readonly status: 'ok' | 'degraded';
  readonly version: string;
  readonly uptimeMs: number;
  readonly nowMs: number;
  /** Whether viewers should be sent here; `reason` says why not. */
  readonly ready: { readonly isReady: boolean; readonly reason: Problem | null };
  readonly upstream: {
    readonly state: UpstreamState;
    readonly lastGoodAtMs: number | null;
    readonly problem: Problem | null;
    /** Whether conversions were shown to count people. */
    readonly unitProof: ResultsStatus['unitProof'];
    readonly quarantined: number;
  };
  readonly reading: ResultsStatus['progress'];
  readonly store: {
    readonly state: 'ok' | 'failing';
    readonly problem: Problem | null;
    /** On the disk; null where it cannot be told. */
    readonly bytes: number | null;
  };
  readonly viewers: { readonly streams: number; readonly experimentsWatched: number };
  /** Within the last whole 15 s; null before they are over. */
  readonly eventLoopDelay: LoopDelay | null;
  readonly budget: {
    readonly tenSeconds: WindowHealth;
    readonly hour: WindowHealth;
    readonly requestsSinceStart: number;
    readonly refused429: number;
  };
}

export interface OwnFacts {
  readonly version: string;
  readonly storeBytes: number | null;
  readonly eventLoopDelay: LoopDelay | null;
}

export interface HealthFacts extends OwnFacts {
  readonly isLeaving: boolean;
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

export function toHealth(facts: HealthFacts): Health {
  const { status, budget, upstreamNowMs, uptimeMs, streams, eventLoopDelay } = facts;
  const upstream = upstreamState(status);
  const reason = findUnreadiness(facts);
  return {
    status: upstream === 'reachable' && !status.storeProblem ? 'ok' : 'degraded',
    version: facts.version,
    uptimeMs: Math.round(uptimeMs),
    nowMs: Math.round(upstreamNowMs),
    ready: { isReady: reason === null, reason },
    upstream: {
      state: upstream,
      lastGoodAtMs: status.lastGoodAtMs,
      problem: status.problem,
      unitProof: status.unitProof,
      quarantined: status.quarantined,
    },
    reading: status.progress,
    store: {
      state: status.storeProblem ? 'failing' : 'ok',
      problem: status.storeProblem,
      bytes: facts.storeBytes,
    },
    viewers: { streams, experimentsWatched: status.watched },
    eventLoopDelay,
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

/** A page can show something once the list is known, remembered or read; an API that fails later is no reason to send nobody. */
function findUnreadiness({ status, isLeaving }: HealthFacts): Problem | null {
  if (isLeaving) return toProblem('report-not-ready', 'The process is leaving.');
  if (status.catalogueAsOfMs !== null) return null;
  return (
    status.problem ??
    toProblem('report-not-ready', 'The list of experiments has not been read yet.')
  );
}
