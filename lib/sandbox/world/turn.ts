/**
 * How an experiment collects from a moment on, until its next turn. Written whenever somebody changes what collecting
 * hangs on (status, split, variations, goals), so that the world goes on accordingly and the past stays as it was.
 */
export interface Turn {
  /** True time, epoch ms. */
  readonly atMs: number;
  /** True while the experiment is active. */
  readonly isCollecting: boolean;
  /** `origin` and variation ids -> share of the visitors, 0 to 1; their sum may be a hundredth off 1. */
  readonly split: Readonly<Record<string, number>>;
  /** Goal ids, the main goal first. */
  readonly goals: readonly number[];
  /**
   * Those of them that count one conversion a visit. The state writes it: a goal that is changed or deleted later must
   * not change what it has counted.
   */
  readonly onceGoals?: readonly number[];
}
