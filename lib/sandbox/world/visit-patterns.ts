/**
 * What a visitor does after arriving: a pattern of visits, and for each goal an outcome, the
 * number of conversions in each of these visits. A cohort is split over patterns and outcomes, so
 * visits, visitors and conversions of any set of intervals follow from the same few counts.
 */
export interface VisitPattern {
  /** Share of visitors, 0 to 1. */
  readonly share: number;
  /** Hours from the first visit to each visit; whole, so that a visit keeps its minute. */
  readonly offsetsHours: readonly number[];
}

export const VISIT_PATTERNS: readonly VisitPattern[] = [
  { share: 0.76, offsetsHours: [0] },
  { share: 0.06, offsetsHours: [0, 5] },
  { share: 0.08, offsetsHours: [0, 24] },
  { share: 0.06, offsetsHours: [0, 72] },
  { share: 0.04, offsetsHours: [0, 24, 168] },
];

export const PATTERN_SHARES: readonly number[] = VISIT_PATTERNS.map((pattern) => pattern.share);
export const LONGEST_RETURN_HOURS = 168;

export interface Outcome {
  readonly pattern: number;
  /** Conversions in each visit of the pattern. */
  readonly conversions: readonly number[];
  /** Share among the visitors of the pattern who convert at all. */
  readonly share: number;
}

/** By number of visits: [conversions per visit, share among converters]. */
const OUTCOMES_BY_VISITS: Record<number, readonly (readonly [readonly number[], number])[]> = {
  1: [
    [[1], 0.88],
    [[2], 0.12],
  ],
  2: [
    [[1, 0], 0.48],
    [[2, 0], 0.08],
    [[0, 1], 0.24],
    [[1, 1], 0.2],
  ],
  3: [
    [[1, 0, 0], 0.36],
    [[2, 0, 0], 0.06],
    [[0, 1, 0], 0.2],
    [[0, 0, 1], 0.14],
    [[1, 1, 0], 0.14],
    [[1, 0, 1], 0.1],
  ],
};

/** All converting outcomes, those of one pattern side by side; not converting is what is left. */
export const OUTCOMES: readonly Outcome[] = VISIT_PATTERNS.flatMap((visits, pattern) =>
  (OUTCOMES_BY_VISITS[visits.offsetsHours.length] ?? []).map(([conversions, share]) => ({
    pattern,
    conversions,
    share,
  })),
);

/** Outcomes of pattern p are OUTCOME_STARTS[p] up to, not including, OUTCOME_STARTS[p + 1]. */
export const OUTCOME_STARTS: readonly number[] = [
  ...VISIT_PATTERNS.keys(),
  VISIT_PATTERNS.length,
].map((pattern) => OUTCOMES.filter((outcome) => outcome.pattern < pattern).length);

/** Shares of the outcomes of each pattern; with `single`, a visit converts once at most. */
export function toOutcomeShares(single: boolean): readonly (readonly number[])[] {
  return VISIT_PATTERNS.map((_, pattern) => {
    const own = OUTCOMES.filter((outcome) => outcome.pattern === pattern);
    if (!single) return own.map((outcome) => outcome.share);
    const twice = own.filter(isTwice).reduce((sum, outcome) => sum + outcome.share, 0);
    // The first outcome of a pattern is one conversion in the first visit: it takes these people.
    return own.map((outcome, i) => (isTwice(outcome) ? 0 : outcome.share + (i === 0 ? twice : 0)));
  });
}

const isTwice = (outcome: Outcome): boolean => outcome.conversions.some((count) => count > 1);

/** Revenue is kept per visit: the visits of pattern p start at VISIT_STARTS[p]. */
export const VISIT_STARTS: readonly number[] = [
  ...VISIT_PATTERNS.keys(),
  VISIT_PATTERNS.length,
].map((pattern) =>
  VISIT_PATTERNS.slice(0, pattern).reduce((sum, p) => sum + p.offsetsHours.length, 0),
);
