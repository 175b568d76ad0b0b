import type { Browser } from './segments';

/**
 * A stretch of traffic with one truth: from when to when people arrive, how many, how they are
 * split over the arms, and how often each arm converts. A split that changes is two streams.
 */
export interface Stream {
  readonly fromMs: number;
  /** Infinity while it goes on. */
  readonly toMs: number;
  /** New visitors a day over all arms, on an average day. */
  readonly visitorsPerDay: number;
  /** What really happens: share of visitors by arm, summing to 1. */
  readonly shares: readonly number[];
  /** Another split for one browser: how a broken redirect looks from outside. */
  readonly browserShares?: Partial<Record<Browser, readonly number[]>>;
  /** By goal id: share of visitors (0 to 1) of each arm who convert sooner or later. */
  readonly rates: Readonly<Record<number, readonly number[]>>;
  /** The same for goals that are not among them: those somebody adds while it runs. */
  readonly ratesOf?: (goalId: number) => readonly number[];
  /** True for a campaign: the same pace at every hour. */
  readonly isFlat?: boolean;
  /** Which of the experiment's chosen seeds draws it; see choose-seeds. Default 0. */
  readonly lane?: number;
}
