import type { BudgetUse } from '@/lib/server/kameleoon/client';
import type { ResultsStatus } from '@/lib/server/live/results';

const NONE = { auth: 0, interactive: 0, started: 0, background: 0 };

export const budgetUse: BudgetUse = {
  tenSeconds: { used: 3, limit: 45, windowMs: 10_500 },
  hour: { used: 200, limit: 950, windowMs: 3_610_000 },
  total: 210,
  refused429: 0,
  waitMs: 0,
  queued: NONE,
  granted: NONE,
  inFlight: 0,
  heldMs: 0,
  neighbourPerHour: 0,
};

/** Of a connection where all goes well. */
export const resultsStatus = (more: Partial<ResultsStatus> = {}): ResultsStatus => ({
  progress: { read: 3, total: 3, atRest: { read: 1, total: 1 } },
  lastGoodAtMs: 5,
  problem: null,
  storeProblem: null,
  budget: budgetUse,
  viewers: 3,
  watched: 1,
  unitProof: 'visitors',
  catalogueAsOfMs: 4,
  listed: { read: 4, total: 4 },
  isListWhole: true,
  quarantined: 0,
  ...more,
});
