import type { Analysis, ArmReading, CheckId } from '@/lib/core/analysis/analysis';
import { DAY_MS } from '@/lib/core/analysis/decide';
import { countsGate } from '@/lib/core/analysis/gate';
import { isDecided } from '@/lib/core/analysis/outlook/is-decided';
import type { Traffic } from '@/lib/core/analysis/outlook/traffic';
import { expectedAtMs } from '@/lib/core/analysis/outlook/traffic';
import type { Settings } from '@/lib/core/analysis/settings';

/** In the order in which they are asked. */
export type GateId = 'data' | 'unit' | 'split' | 'setup' | 'counts' | 'days' | 'interval';

/** What `have`, `needed` and `missing` count. */
export type GateMeasure =
  | 'people'
  /** Conversions (or people without one) expected in the smaller arm. */
  | 'expected-counts'
  | 'days'
  /** Chance of such a split by accident, 0 to 1. */
  | 'chance'
  /** Difference of rates, fraction. */
  | 'difference';

/**
 * What opens a closed gate: more people, time alone, a report that is yet to be read, someone who mends the set-up, or
 * the interval leaving zero, which only more people can bring about and nothing promises.
 */
export type GateOpener = 'people' | 'time' | 'report' | 'someone' | 'evidence';

/** One thing that must hold before a call is made. */
export interface GateReading {
  readonly id: GateId;
  readonly state: 'open' | 'closed' | 'not-applicable';
  /** Share reached, 0 to 1; null where it is not a matter of more or less. */
  readonly progress: number | null;
  readonly measure: GateMeasure | null;
  readonly have: number | null;
  readonly needed: number | null;
  /** How much is missing; of counts: more people of the pair at the present rate. */
  readonly missing: number | null;
  /** When it opens at this traffic; null where nobody can say (of the interval: see `Arrival`). */
  readonly expectedAtMs: number | null;
  /** null where it is open. */
  readonly opensBy: GateOpener | null;
}

export interface GatesInput {
  readonly analysis: Analysis;
  readonly settings: Settings;
  /** null: nobody comes any more, or nothing is known. */
  readonly traffic: Traffic | null;
  /** Since when it counts, and up to when; null: not started. */
  readonly startedAtMs: number | null;
  readonly untilMs: number;
}

/** Every gate between the counts and a call (statistics A12.1, A12.4, A12.5, A12.10), always all of them. */
export const readGates = (input: GatesInput): GateReading[] => [
  dataGate(input),
  healthGate(input, 'unit', 'report'),
  splitGate(input),
  healthGate(input, 'setup', 'someone'),
  closestCounts(input),
  daysGate(input),
  intervalGate(input),
];

const plain = (
  id: GateId,
  state: GateReading['state'],
  opensBy: GateOpener | null = null,
): GateReading => ({
  id,
  state,
  progress: state === 'open' ? 1 : null,
  measure: null,
  have: null,
  needed: null,
  missing: null,
  expectedAtMs: null,
  opensBy: state === 'closed' ? opensBy : null,
});

const checkOf = ({ analysis }: GatesInput, id: CheckId) =>
  analysis.health.checks.find((check) => check.id === id);

/** Whether nothing is ever judged here: then what counts, days and intervals come to is no matter of waiting. */
const isOutside = ({ analysis }: GatesInput): boolean =>
  analysis.verdict.state === 'not-applicable' || analysis.referenceId === null;

function healthGate(input: GatesInput, id: 'unit' | 'setup', opener: GateOpener): GateReading {
  const check = checkOf(input, id);
  if (check === undefined || check.state === 'not-applicable') return plain(id, 'not-applicable');
  if (check.state === 'passed') return plain(id, 'open');
  return plain(id, 'closed', check.state === 'failed' ? 'someone' : opener);
}

function dataGate(input: GatesInput): GateReading {
  const check = checkOf(input, 'data');
  if (check === undefined || check.state === 'not-applicable')
    return plain('data', 'not-applicable');
  if (check.state === 'passed') return plain('data', 'open');
  // Counts that fell are taken as they are after three readings that agree.
  if (check.state === 'failed') return plain('data', 'closed', 'report');
  return {
    ...plain('data', 'closed', 'people'),
    progress: 0,
    measure: 'people',
    have: 0,
    needed: 1,
    missing: 1,
  };
}

function splitGate(input: GatesInput): GateReading {
  const check = checkOf(input, 'split');
  if (check === undefined || check.state === 'not-applicable')
    return plain('split', 'not-applicable');
  const measured = {
    measure: 'chance' as const,
    have: input.analysis.health.split.sequentialP,
    needed: input.settings.splitThreshold,
  };
  if (check.state === 'passed') return { ...plain('split', 'open'), ...measured };
  if (check.state === 'checking') return plain('split', 'closed', 'people');
  return { ...plain('split', 'closed', 'someone'), ...measured };
}

/** The comparison that is farthest from enough counts. */
function closestCounts(input: GatesInput): GateReading {
  const { analysis, settings, traffic } = input;
  const reference = analysis.arms.find(({ isReference }) => isReference);
  if (reference === undefined || isOutside(input)) return plain('counts', 'not-applicable');
  const needed = settings.neededCounts;
  const all = analysis.arms.reduce((sum, arm) => sum + arm.visitors, 0);
  const gates = analysis.arms
    .filter(({ isReference, weight }) => !isReference && weight !== 0)
    .map((arm) => {
      const gate = countsGate(sampleOf(reference), sampleOf(arm), needed);
      const missing = gate.reason?.kind === 'few-counts' ? gate.reason.missing : null;
      return { ...gate, missing, share: (reference.visitors + arm.visitors) / Math.max(1, all) };
    });
  const slowest = gates.toSorted((a, b) => a.progress - b.progress)[0];
  if (slowest === undefined) return plain('counts', 'not-applicable');
  const { isOpen, progress, missing, share } = slowest;
  const when =
    missing === null || traffic === null || !(share > 0)
      ? null
      : Math.round(expectedAtMs(traffic, missing / share));
  return {
    ...plain('counts', isOpen ? 'open' : 'closed', 'people'),
    progress,
    measure: 'expected-counts',
    have: isOpen ? null : progress * needed,
    needed,
    missing: isOpen ? 0 : missing,
    expectedAtMs: isOpen ? null : when,
  };
}

const sampleOf = ({ visitors, converted }: ArmReading) => ({ n: visitors, x: converted });

function daysGate(input: GatesInput): GateReading {
  const { settings, startedAtMs, untilMs, traffic } = input;
  if (startedAtMs === null || isOutside(input)) return plain('days', 'not-applicable');
  const needed = settings.neededDays;
  const have = Math.max(0, (untilMs - startedAtMs) / DAY_MS);
  const isOpen = have >= needed;
  return {
    ...plain('days', isOpen ? 'open' : 'closed', 'time'),
    progress: Math.min(1, have / needed),
    measure: 'days',
    have: Math.floor(have),
    needed,
    missing: isOpen ? 0 : needed - have,
    // Days of an experiment at rest do not go on.
    expectedAtMs: isOpen || traffic === null ? null : startedAtMs + needed * DAY_MS,
  };
}

/** The difference of the leading variation against half the width of its interval: past it, the interval excludes 0. */
function intervalGate(input: GatesInput): GateReading {
  const { analysis } = input;
  if (isOutside(input)) return plain('interval', 'not-applicable');
  if (isDecided(analysis.verdict.state)) return plain('interval', 'open');
  const leader = analysis.arms.find(({ variationId }) => variationId === analysis.leaderId);
  const { difference = null, differenceInterval = null } = leader?.comparison ?? {};
  const { lower = null, upper = null } = differenceInterval ?? {};
  const gate = plain('interval', 'closed', 'evidence');
  if (difference === null || lower === null || upper === null) return gate;
  const have = Math.abs(difference);
  const needed = (upper - lower) / 2;
  // The interval may be past zero already while a winner waits for its days.
  if (have > needed) return { ...plain('interval', 'open'), measure: 'difference', have, needed };
  return { ...gate, measure: 'difference', have, needed, missing: needed - have };
}
