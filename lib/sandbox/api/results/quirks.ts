/** Where the fact sheet leaves a choice, the sandbox can play either way. */
export interface Quirks {
  /** Unit of rates, improvements and reliabilities: 0 to 100, or 0 to 1. Default percent. */
  readonly rateUnit?: 'percent' | 'fraction';
  /** What convertedVisitCount counts with visitorData: true. Default visitors. */
  readonly convertedCount?: 'visitors' | 'visits';
  /**
   * What a breakdown by new visitors tells. `first-visits` (default): visits are new or returning. `people`: people are,
   * and the row of new ones holds all their visits. `refused`: there is no such breakdown.
   */
  readonly newVisitors?: 'first-visits' | 'people' | 'refused';
  /** The original's key among the variations. Default `_reference`. */
  readonly referenceKey?: '_reference' | '0' | 'origin';
}
