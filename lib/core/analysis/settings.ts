import type { GoalId } from '@/lib/core/experiment/ids';

/** Which way of a goal is good: `lower` for refunds, bounces, cancellations. */
export type Better = 'higher' | 'lower';

/** What a person said about a goal before the first look. A goal not named is secondary, and better the higher. */
export interface GoalPlan {
  /** A guardrail warns when it is harmed; the main goal's own role is given by the experiment. */
  readonly role: 'secondary' | 'guardrail';
  readonly better: Better;
}

/** What the rules are set to (statistics A7, A12), frozen at the first look. Shares and effects are fractions. */
export interface Settings {
  /** N* of a comparison where nobody planned: people of the pair (A12.2). */
  readonly plannedVisitors: number;
  /** People of the whole experiment that a person planned before the first look; alpha is then split (A12.3). */
  readonly plannedEnd: number | null;
  /** Relative effect the plan is to find. Only for saying when: it decides nothing. */
  readonly plannedEffect: number | null;
  /** Smallest relative effect that matters; an interval within it is "no difference" (A12.7). */
  readonly smallestEffect: number;
  /** Expected conversions and non-conversions each arm needs before an interval is drawn (A12.4). */
  readonly neededCounts: number;
  /** Full days a winner needs, one weekly cycle; harm needs none (A12.4). */
  readonly neededDays: number;
  /** Sequential p of the split below which nothing is judged (A12.5). */
  readonly splitThreshold: number;
  readonly goals: Readonly<Record<GoalId, GoalPlan>>;
  /** The most one order can be worth, where that is enforced: revenue then has a variance (A4.4). */
  readonly maxOrderValue: number | null;
}

export const DEFAULT_SETTINGS: Settings = {
  plannedVisitors: 10_000,
  plannedEnd: null,
  plannedEffect: null,
  smallestEffect: 0.01,
  neededCounts: 25,
  neededDays: 7,
  splitThreshold: 0.01,
  goals: {},
  maxOrderValue: null,
};

export const betterOf = ({ goals }: Settings, goalId: GoalId | null): Better =>
  (goalId === null ? undefined : goals[goalId])?.better ?? 'higher';
