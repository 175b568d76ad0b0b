import type { Family, FamilyLook } from '@/lib/core/analysis/family';
import type { Health } from '@/lib/core/analysis/analysis';
import { readHealth } from '@/lib/core/analysis/health';
import type { History } from '@/lib/core/analysis/history';
import { changedArms, fallenAt, ofFamily } from '@/lib/core/analysis/history';
import type { LookStanding } from '@/lib/core/analysis/judge-look';
import type { CountsReading } from '@/lib/core/analysis/read-counts';
import { readCounts } from '@/lib/core/analysis/read-counts';
import type { Scope } from '@/lib/core/analysis/scope';
import { readScope } from '@/lib/core/analysis/scope';
import type { Settings } from '@/lib/core/analysis/settings';
import { betterOf } from '@/lib/core/analysis/settings';
import { readSplit } from '@/lib/core/analysis/split';
import type { Standing } from '@/lib/core/analysis/standing';
import { readStanding } from '@/lib/core/analysis/standing';
import type { Timeline } from '@/lib/core/analysis/timeline';
import { readTimeline } from '@/lib/core/analysis/timeline';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { Method } from '@/lib/core/experiment/question';
import type { Snapshot, UnitProof } from '@/lib/core/experiment/snapshot';

/** All that a decision on one look rests on. */
export interface LookReading {
  /** As it concerns the family of this look. */
  readonly history: History;
  readonly timeline: Timeline;
  readonly scope: Scope;
  readonly counts: CountsReading;
  readonly health: Health;
  readonly standing: Standing;
  /** null where there is nothing to compare. */
  readonly family: Family | null;
  readonly look: FamilyLook;
}

export interface LookQuestion {
  readonly experiment: Experiment;
  readonly snapshot: Snapshot;
  readonly proof: UnitProof;
  readonly method: Method;
  readonly settings: Settings;
}

/** From counts at a moment to what may be judged of them, in the light of earlier looks. Nothing is decided here. */
export function readLook(given: History, question: LookQuestion): LookReading {
  const { experiment, snapshot, proof, method, settings } = question;
  const history = ofFamily(given, experiment, snapshot);
  let visitors = 0;
  for (const arm of snapshot.arms) visitors += arm.visitors;
  const timeline = readTimeline(experiment, snapshot, history.firstAtMs, visitors);
  const scope = readScope(experiment, method, {
    isStarted: timeline.isStarted,
    changed: changedArms(history, experiment),
  });
  const counts = readCounts(experiment, snapshot, scope.goalId, proof);
  const health = readHealth({
    split: readSplit(experiment, snapshot, history.splitP, settings.splitThreshold),
    unit: counts.unit,
    proof: counts.proof,
    fallenId: fallenAt(history, experiment, snapshot),
    visitors,
    setup: scope.reasons,
  });
  const family = toFamily(scope, timeline, method, settings);
  const taking = new Set(scope.family.map(({ id }) => id));
  return {
    history,
    timeline,
    scope,
    counts,
    health,
    standing: readStanding(health, scope.reasons),
    family,
    look: {
      atMs: timeline.untilMs,
      isLast: experiment.status === 'stopped' && timeline.untilMs < snapshot.asOfMs,
      arms: counts.arms
        .filter(({ variation }) => taking.has(variation.id))
        .map(({ sample }) => sample ?? NOBODY),
    },
  };
}

const NOBODY = { n: 0, x: 0 };

function toFamily(
  { reference, family, goalId }: Scope,
  { startedAtMs, launchedAtMs }: Timeline,
  { confidenceLevel }: Method,
  settings: Settings,
): Family | null {
  if (reference === null || family.length < 2) return null;
  return {
    ids: family.map(({ id }) => id),
    reference: family.indexOf(reference),
    weights: family.map(({ weight }) => weight),
    alpha: toAlpha(confidenceLevel),
    better: betterOf(settings, goalId),
    startedAtMs,
    launchedAtMs,
    settings,
  };
}

/** 1 - 0.95 is 0.05000000000000004. */
export const toAlpha = (confidenceLevel: number): number =>
  Math.round((1 - confidenceLevel) * 1e12) / 1e12;

/**
 * What a look may do to calls. A broken split and counts of visits take back what was called; all else that closes a
 * look (counts that fell, a changed split, another goal) leaves earlier calls as they are.
 */
export function toLookStanding({ standing }: Pick<LookReading, 'standing'>): LookStanding {
  if (standing.kind === 'judged') return { kind: 'judged' };
  for (const reason of standing.reasons)
    if (reason.kind === 'split-broken' || reason.kind === 'unit-visits')
      return { kind: 'closed', withdraws: reason };
  return { kind: 'closed', withdraws: null };
}
