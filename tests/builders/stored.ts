import type { Call } from '@/lib/core/analysis/call';
import { connectionId, experimentId, variationId } from '@/lib/core/experiment/ids';
import type { Look, Snapshot } from '@/lib/core/experiment/snapshot';

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
  shakenAtMs: null,
  bestSinceMs: null,
  withdrawn: null,
  events: [],
});
