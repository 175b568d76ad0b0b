import type { Counts } from '@/lib/cli/analyse/counts';
import { addLook } from '@/lib/core/analysis/add-look';
import { analyse } from '@/lib/core/analysis/analyse';
import type { Analysis } from '@/lib/core/analysis/analysis';
import { startHistory } from '@/lib/core/analysis/history';
import type { Settings } from '@/lib/core/analysis/settings';
import { DEFAULT_SETTINGS } from '@/lib/core/analysis/settings';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { GoalId } from '@/lib/core/experiment/ids';
import { experimentId, goalId, projectId, variationId } from '@/lib/core/experiment/ids';
import type { Method } from '@/lib/core/experiment/question';
import type { GoalCounts, Snapshot } from '@/lib/core/experiment/snapshot';

/** What the product says at each look, and with what. */
export interface Study {
  readonly counts: Counts;
  readonly experiment: Experiment;
  readonly method: Method;
  readonly settings: Settings;
  /** Oldest first; the last is the one that counts. */
  readonly analyses: readonly [...Analysis[], Analysis];
}

const GOAL = goalId('conversions');
const ID = experimentId('counts');

/**
 * Takes counts through the product's own line, look by look: what is said is what a page would say. Arms go by their
 * names. Where days are not known the gate of seven days stands open here; `toReport` says what that means.
 */
export function followLooks(counts: Counts): Study {
  const experiment = toExperiment(counts);
  const settings = toSettings(counts);
  const method = { goalId: null, referenceId: null, confidenceLevel: counts.confidenceLevel };
  let history = startHistory();
  const analyses = counts.looks.map((_, place) => {
    const snapshot = toSnapshot(counts, place);
    // People's counts are what the input says they are; nothing here could prove it.
    const proof = counts.unit === 'visits' ? 'visits' : 'visitors';
    const look = { snapshot, source: 'live' as const };
    history = addLook(history, experiment, look, method, proof, settings);
    return analyse({ experiment, snapshot, proof, history, method, settings });
  });
  const last = analyses.at(-1);
  if (last === undefined) throw new Error('counts without a look');
  return { counts, experiment, method, settings, analyses: [...analyses.slice(0, -1), last] };
}

const toSettings = (counts: Counts): Settings => ({
  ...DEFAULT_SETTINGS,
  plannedVisitors: counts.tunedVisitors ?? DEFAULT_SETTINGS.plannedVisitors,
  plannedEnd: counts.plannedVisitors,
  plannedEffect: counts.plannedEffect,
  smallestEffect: counts.smallestEffect ?? DEFAULT_SETTINGS.smallestEffect,
  neededCounts: counts.neededCounts ?? DEFAULT_SETTINGS.neededCounts,
  neededDays: counts.timing === 'order' ? 0 : DEFAULT_SETTINGS.neededDays,
  splitThreshold: counts.splitThreshold ?? DEFAULT_SETTINGS.splitThreshold,
  goals: { [GOAL]: { role: 'secondary', better: counts.better } } as Settings['goals'],
  maxOrderValue: counts.maxOrderValue,
});

const toExperiment = ({ arms, reference, startedAtMs }: Counts): Experiment => ({
  id: ID,
  name: '',
  project: { id: projectId('counts'), name: '' },
  status: 'active',
  allocation: 'manual',
  isMultivariate: false,
  variations: arms.map(({ name, weight }, place) => ({
    id: variationId(name),
    name,
    isOriginal: place === reference,
    weight,
  })),
  goals: [{ id: GOAL, name: 'conversions', kind: '', hasMultipleConversions: false }],
  mainGoalId: GOAL,
  tags: [],
  startedAtMs,
  endedAtMs: null,
  statusChangedAtMs: null,
  splitChangedAtMs: null,
});

function toSnapshot({ arms, looks, unit }: Counts, place: number): Snapshot {
  const look = looks[place] ?? { atMs: 0, arms: [] };
  return {
    experimentId: ID,
    asOfMs: look.atMs,
    unit,
    arms: look.arms.map(({ visitors, visits, conversions, orders, revenue }, at) => {
      const goal: GoalCounts = {
        conversions: orders,
        converted: conversions,
        revenue,
        platform: { rate: null, lift: null, reliability: null },
      };
      return {
        variationId: variationId(arms[at]?.name ?? ''),
        visitors,
        visits,
        goals: { [GOAL]: goal } as Record<GoalId, GoalCounts>,
      };
    }),
  };
}
