import type { Interval } from '@/lib/sandbox/world/interval-set';
import type { ExperimentPlan } from '@/lib/sandbox/world/plan';
import type { Turn } from '@/lib/sandbox/world/turn';
import { ORIGIN, toPlannedArms } from './subject';

/** Shares of the arms that get any visitors, by key; they sum to 1. */
export type Shares = ReadonlyMap<string, number>;

/** A time in which an experiment collects by one split. */
export interface Stretch extends Interval {
  /** 0, 1, 2 … in the order of time; what comes later never moves it. */
  readonly place: number;
  readonly shares: Shares;
  /** True for the one the catalogue tells, with a truth of its own. */
  readonly isTold: boolean;
}

/** When an experiment collects and by which split: its plan first, then turn after turn. The last may be endless. */
export function toStretches(plan: ExperimentPlan | undefined, turns: readonly Turn[]): Stretch[] {
  const stretches: Stretch[] = [];
  let current: Stretch | undefined = toToldStretch(plan);
  if (current !== undefined && current.endMs < Infinity) {
    stretches.push(current);
    current = undefined;
  }

  for (const { atMs, isCollecting: isActive, split } of turns) {
    const shares = toShares(split);
    const collects = isActive && shares.size > 0;
    // Goals alone change nothing here, nor does a split while nobody is counted.
    if (current === undefined ? !collects : collects && isSame(shares, current.shares)) continue;
    if (current !== undefined) stretches.push({ ...current, endMs: atMs });
    const place = stretches.length;
    const next = { startMs: atMs, endMs: Infinity, place, shares, isTold: false };
    current = collects ? next : undefined;
  }
  if (current !== undefined) stretches.push(current);
  return stretches;
}

function toToldStretch(plan: ExperimentPlan | undefined): Stretch | undefined {
  if (plan?.launchMs === undefined) return undefined;
  const keys = toPlannedArms(plan);
  const shares = toShares(Object.fromEntries(keys.map((key, arm) => [key, plan.configured[arm]!])));
  const [startMs, endMs] = [plan.launchMs, plan.endMs ?? Infinity];
  return { startMs, endMs, place: 0, shares, isTold: true };
}

/** The original first, then variations by id, so that a split read in another order is the same split. */
export function toShares(split: Turn['split']): Shares {
  const given = Object.entries(split).filter(([, share]) => share > 0);
  const sum = given.reduce((all, [, share]) => all + share, 0);
  const rank = (key: string): number => (key === ORIGIN ? -1 : Number(key));
  return new Map(
    given.sort(([a], [b]) => rank(a) - rank(b)).map(([key, share]) => [key, share / sum]),
  );
}

export function isSame(left: Shares, right: Shares): boolean {
  if (left.size !== right.size) return false;
  return [...left].every(([key, share]) => Math.abs(share - (right.get(key) ?? -1)) < 1e-9);
}
