import type { Experiment } from '@/lib/core/experiment/experiment';
import { ORIGINAL, experimentId, goalId, projectId, variationId } from '@/lib/core/experiment/ids';
import type { ReportRequest } from '@/lib/server/kameleoon/client';

export const GOAL = goalId(312001);
export const B = variationId(901001);

export const anExperiment = (more: Partial<Experiment> = {}): Experiment => ({
  id: experimentId(188400),
  name: 'Checkout button',
  project: { id: projectId(10001), name: 'Shop' },
  status: 'active',
  allocation: 'manual',
  isMultivariate: false,
  variations: [
    { id: ORIGINAL, name: 'Original', isOriginal: true, weight: 0.5 },
    { id: B, name: 'Green', isOriginal: false, weight: 0.5 },
  ],
  goals: [{ id: GOAL, name: 'Order', kind: 'CUSTOM', hasMultipleConversions: false }],
  mainGoalId: GOAL,
  tags: [],
  startedAtMs: Date.UTC(2026, 4, 1),
  endedAtMs: null,
  statusChangedAtMs: null,
  splitChangedAtMs: null,
  ...more,
});

export const aRequest = (more: Partial<ReportRequest> = {}): ReportRequest => ({
  experiment: anExperiment(),
  unit: 'visitors',
  endMs: null,
  ...more,
});

export interface ArmShape {
  readonly visits?: unknown;
  readonly visitors?: unknown;
  readonly goals?: Record<string, Record<string, unknown> | null>;
}

export const wireArm = ({ visits = 1200, visitors = 1000, goals }: ArmShape = {}) => ({
  breakdownData: {
    _reference: {
      generalData: {
        visitCount: visits,
        visitorCount: visitors,
        somethingNew: { p: 1 },
        goalsData: goals ?? { [GOAL]: { conversionCount: 60, convertedVisitCount: 50 } },
      },
    },
  },
});

/** `data` of a READY answer. */
export const wireReportOf = (arms: Record<string, ArmShape> = { _reference: {}, [B]: {} }) => ({
  variationData: Object.fromEntries(Object.entries(arms).map(([key, arm]) => [key, wireArm(arm)])),
});
