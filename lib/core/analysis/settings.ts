/** What the rules are set to (statistics A7, A12). Shares and effects are fractions, times days. */
export interface Settings {
  /** N* of a comparison: people of the pair that were planned before the first look; frozen from then on (A12.2). */
  readonly plannedVisitors: number;
  /** Smallest relative effect that matters; an interval within it is "no difference" (A12.7). */
  readonly smallestEffect: number;
  /** Expected conversions and non-conversions each arm needs before an interval is drawn (A12.4). */
  readonly neededCounts: number;
  /** Full days a winner needs, one weekly cycle; harm needs none (A12.4). */
  readonly neededDays: number;
  /** Sequential p of the split below which nothing is judged (A12.5). */
  readonly splitThreshold: number;
}

export const DEFAULT_SETTINGS: Settings = {
  plannedVisitors: 10_000,
  smallestEffect: 0.01,
  neededCounts: 25,
  neededDays: 7,
  splitThreshold: 0.01,
};
