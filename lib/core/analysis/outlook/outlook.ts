import type { Analysis, ArmReading } from '@/lib/core/analysis/analysis';
import { DAY_MS } from '@/lib/core/analysis/decide';
import type { Family } from '@/lib/core/analysis/family';
import { comparisonAlpha, planPair } from '@/lib/core/analysis/family';
import type { Arrival } from '@/lib/core/analysis/outlook/arrival';
import { toArrival } from '@/lib/core/analysis/outlook/arrival';
import type { GateReading } from '@/lib/core/analysis/outlook/gates';
import { readGates } from '@/lib/core/analysis/outlook/gates';
import { isDecided } from '@/lib/core/analysis/outlook/is-decided';
import { toLookEveryMs, toPoints } from '@/lib/core/analysis/outlook/look-points';
import { toTraffic } from '@/lib/core/analysis/outlook/to-traffic';
import type { Traffic } from '@/lib/core/analysis/outlook/traffic';
import { peoplePerDay } from '@/lib/core/analysis/outlook/traffic';
import { toWaitingCost } from '@/lib/core/analysis/outlook/waiting-cost';
import { toAlpha } from '@/lib/core/analysis/read-look';
import type { Settings } from '@/lib/core/analysis/settings';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { VariationId } from '@/lib/core/experiment/ids';
import { lastCountedMs } from '@/lib/core/experiment/last-counted';
import type { Look } from '@/lib/core/experiment/snapshot';

export interface ArmOutlook {
  readonly variationId: VariationId;
  readonly arrival: Arrival;
  /** Conversions that one more week costs at most if this variation is better; see `toWaitingCost`. */
  readonly waiting: number | null;
}

/** What is to be expected of an experiment, at the moment of its newest data. Nothing of it decides anything. */
export interface Outlook {
  /** Always all, in the order in which they are asked. */
  readonly gates: readonly GateReading[];
  /** The variation that `arrival` and `waiting` speak of; null where there is none. */
  readonly variationId: VariationId | null;
  readonly arrival: Arrival;
  readonly waiting: number | null;
  /** Every variation against the reference, in the order of the configuration. */
  readonly arms: readonly ArmOutlook[];
  /** People of the whole experiment, a mean day of the week; null where no traffic is known or none comes. */
  readonly peoplePerDay: number | null;
}

export interface OutlookInput {
  readonly experiment: Experiment;
  readonly analysis: Analysis;
  /** All that are kept, in any order; only people are read from them. */
  readonly looks: readonly Look[];
  readonly settings: Settings;
}

/** Gates, arrival and cost of waiting of one experiment, from its newest analysis and its looks. */
export function toOutlook({ experiment, analysis, looks, settings }: OutlookInput): Outlook {
  const { sinceMs, points } = toPoints(analysis, looks);
  const launchedAtMs = experiment.startedAtMs ?? points[0]?.atMs ?? null;
  const startedAtMs =
    launchedAtMs === null ? null : Math.max(launchedAtMs, sinceMs ?? launchedAtMs);
  const untilMs = lastCountedMs(experiment, analysis.asOfMs);
  const knownStartMs = experiment.startedAtMs === null ? null : startedAtMs;
  const traffic = experiment.status === 'active' ? toTraffic(points, knownStartMs, untilMs) : null;
  const world = {
    analysis,
    settings,
    traffic,
    startedAtMs,
    untilMs,
    lookEveryMs: toLookEveryMs(points),
  };
  const arms = analysis.arms
    .filter(({ comparison }) => comparison !== null)
    .map((arm) => toArmOutlook(arm, world));
  const shown = pickArm(analysis, arms);
  return {
    gates: readGates(world),
    variationId: shown?.variationId ?? null,
    arrival: isDecided(analysis.verdict.state)
      ? { kind: 'decided' }
      : (shown?.arrival ?? { kind: 'not-judged' }),
    waiting: shown?.waiting ?? null,
    arms,
    peoplePerDay: traffic === null ? null : peoplePerDay(traffic),
  };
}

interface World {
  readonly analysis: Analysis;
  readonly settings: Settings;
  readonly traffic: Traffic | null;
  readonly startedAtMs: number | null;
  readonly untilMs: number;
  readonly lookEveryMs: number;
}

function toArmOutlook(arm: ArmReading, world: World): ArmOutlook {
  const { analysis, traffic } = world;
  const all = analysis.arms.reduce((sum, { visitors }) => sum + visitors, 0);
  const waiting =
    // Of first visits only a part of all people is known, so no "at most" can be named.
    analysis.unit !== 'visitors' || arm.comparison === null
      ? null
      : toWaitingCost({
          differenceInterval: arm.comparison.differenceInterval,
          better: analysis.method.better,
          traffic,
          ownShare: arm.visitors / Math.max(1, all),
        });
  return { variationId: arm.variationId, arrival: arrivalOf(arm, world, all), waiting };
}

function arrivalOf(arm: ArmReading, world: World, all: number): Arrival {
  const { analysis, settings, traffic, startedAtMs, lookEveryMs } = world;
  const state = arm.comparison?.state ?? 'not-applicable';
  if (isDecided(state)) return { kind: 'decided' };
  const isProven = analysis.health.checks.every(
    (check) => check.id !== 'unit' || check.state === 'passed',
  );
  const family = analysis.arms.filter(({ weight }) => weight !== 0);
  const reference = family.findIndex(({ isReference }) => isReference);
  const place = family.indexOf(arm);
  const base = family[reference];
  const isClosed = state === 'blocked' || state === 'not-applicable' || !isProven;
  if (isClosed || base === undefined || place < 0 || startedAtMs === null)
    return { kind: 'not-judged' };
  const rules: Family = {
    ids: family.map(({ variationId }) => variationId),
    reference,
    weights: family.map(({ weight }) => weight),
    alpha: toAlpha(analysis.confidenceLevel),
    better: analysis.method.better,
    startedAtMs,
    settings,
  };
  return toArrival({
    reference: { n: base.visitors, x: base.converted },
    other: { n: arm.visitors, x: arm.converted },
    plan: planPair(rules, reference, place, comparisonAlpha(rules)),
    plannedEffect: settings.plannedEffect,
    better: rules.better,
    daysAtMs: startedAtMs + settings.neededDays * DAY_MS,
    traffic,
    pairShare: (base.visitors + arm.visitors) / Math.max(1, all),
    lookEveryMs,
  });
}

/** Who is spoken of: who is decided on; else the leader while it is open; else who is expected first. */
function pickArm({ verdict, leaderId }: Analysis, arms: readonly ArmOutlook[]): ArmOutlook | null {
  const find = (id: VariationId | null): ArmOutlook | undefined =>
    arms.find(({ variationId }) => variationId === id);
  if (isDecided(verdict.state))
    return find(verdict.variationId) ?? find(leaderId) ?? arms[0] ?? null;
  const leader = find(leaderId);
  if (leader !== undefined && leader.arrival.kind !== 'decided') return leader;
  const open = arms.filter(({ arrival }) => arrival.kind !== 'decided');
  const medianOf = ({ arrival }: ArmOutlook): number =>
    arrival.kind === 'range' ? arrival.medianMs : Infinity;
  return (
    open.reduce<ArmOutlook | null>(
      (first, arm) => (first === null || medianOf(arm) < medianOf(first) ? arm : first),
      null,
    ) ??
    leader ??
    null
  );
}
