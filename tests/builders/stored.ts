import type { Call } from '@/lib/core/analysis/call';
import { startHistory } from '@/lib/core/analysis/history';
import { DEFAULT_SETTINGS } from '@/lib/core/analysis/settings';
import { connectionId, experimentId, variationId } from '@/lib/core/experiment/ids';
import type { Look, Snapshot } from '@/lib/core/experiment/snapshot';
import type { KeptHistory } from '@/lib/server/store/history-repository';
import type { FrozenPlan } from '@/lib/server/store/plan-repository';

export const ONE = connectionId('one');
export const EXPERIMENT = experimentId(188400);

export const aSnapshot = (asOfMs: number, experiment = EXPERIMENT): Snapshot => ({
  experimentId: experiment,
  asOfMs,
  unit: 'visitors',
  arms: [{ variationId: variationId(1), visitors: asOfMs, visits: asOfMs, goals: {} }],
});

export const aLook = (asOfMs: number, experiment = EXPERIMENT): Look => ({
  snapshot: aSnapshot(asOfMs, experiment),
  source: 'live',
});

export const aCall = (calledAtMs: number): Call => ({
  state: 'winner',
  variationId: variationId(1),
  calledAtMs,
  day: 9,
  unit: 'visitors',
  sinceMs: null,
  isFinal: false,
  confirmedAtMs: null,
  heldSinceMs: null,
  shakenAtMs: null,
  lowSinceMs: null,
  bestSinceMs: null,
  withdrawn: null,
  events: [],
});

/** Whose calls these are, in a log of calls. */
export const LOG = { experiment: EXPERIMENT, goal: null };

export const aHistory = (lastAtMs: number, calls: readonly Call[] = []): KeptHistory => ({
  history: { ...startHistory({ calls }), lastAtMs },
  basis: 'some terms',
});

export const aPlan = (plannedEnd: number | null = null): FrozenPlan => ({
  settings: { ...DEFAULT_SETTINGS, plannedEnd },
  setBy: plannedEnd === null ? 'default' : 'file',
  frozenAtMs: 7,
});
