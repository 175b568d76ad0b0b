import 'server-only';

/**
 * Objects of the API as our own code sees them: ids as strings of digits, absent and null alike null, unknown fields
 * kept aside in `rest` (so that a whole object can be sent back) and never read.
 */
export interface ApiObject {
  readonly id: string;
  readonly name: string | null;
  /** Everything that came, untouched. */
  readonly rest: Readonly<Record<string, unknown>>;
}

export type Account = ApiObject & { readonly email: string | null };

export interface SiteObject extends ApiObject {
  readonly code: string | null;
  readonly url: string | null;
}

/** What PATCH and PUT write. */
export interface SiteChange {
  readonly name?: string;
  readonly description?: string;
  readonly url?: string;
  readonly domainNames?: readonly string[];
  /** Script of the whole project. */
  readonly trackingScript?: string;
  readonly isKameleoonEnabled?: boolean;
}

export interface ExperimentObject extends ApiObject {
  readonly siteId: string | null;
  readonly siteCode: string | null;
  readonly type: string | null;
  /** Lower case: draft, active, paused, stopped, or a word we do not know. */
  readonly status: string | null;
  readonly baseUrl: string | null;
  /** `origin` and variation ids -> share of the visitors, 0 to 1. */
  readonly deviations: Readonly<Record<string, number>>;
  readonly variationIds: readonly string[];
  /** null where they were not asked for: an empty list would be a wrong fact. */
  readonly goalIds: readonly string[] | null;
  readonly mainGoalId: string | null;
  readonly dateStarted: string | null;
  readonly dateEnded: string | null;
}

export interface NewExperiment {
  readonly name: string;
  readonly siteId: string;
  readonly baseURL: string;
  readonly type?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly goals?: readonly string[];
  readonly mainGoalId?: string;
  readonly variations?: readonly string[];
  readonly deviations?: Readonly<Record<string, number>>;
  readonly targetingSegmentId?: string;
  readonly targetingConfiguration?: string;
  readonly commonJavaScriptCode?: string;
  readonly commonCssCode?: string;
  /** Script of this experiment alone. */
  readonly globalScript?: string;
  readonly trafficAllocationMethod?: string;
  readonly isMultipleTestingCorrection?: boolean;
  readonly isArchived?: boolean;
  readonly trackingTools?: readonly Readonly<Record<string, unknown>>[];
}

export interface VariationObject extends ApiObject {
  readonly siteId: string | null;
  readonly experimentId: string | null;
  readonly jsCode: string | null;
  readonly cssCode: string | null;
}

export interface NewVariation {
  readonly name: string;
  readonly siteId: string;
  readonly experimentId?: string;
  readonly jsCode?: string;
  readonly cssCode?: string;
  readonly isJsCodeAfterDomReady?: boolean;
  /** `CODE_BASE`, `WIDGET`, … */
  readonly creationMode?: string;
  readonly color?: number;
  readonly forceNoFlicker?: boolean;
  readonly shadowDom?: boolean;
  readonly customJson?: string;
  readonly redirection?: Readonly<Record<string, unknown>>;
  readonly prompt?: Readonly<Record<string, unknown>>;
}

export interface GoalObject extends ApiObject {
  readonly siteId: string | null;
  readonly type: string | null;
  readonly status: string | null;
  readonly hasMultipleConversions: boolean | null;
  readonly params: Readonly<Record<string, unknown>> | null;
}

export interface NewGoal {
  readonly name: string;
  readonly siteId: string;
  readonly type: string;
  readonly hasMultipleConversions: boolean;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly status?: 'ACTIVE' | 'INACTIVE';
}

/** What PATCH writes of a goal; its type and params only a whole PUT may. */
export type GoalChange = Partial<
  Pick<NewGoal, 'name' | 'tags' | 'status' | 'description' | 'hasMultipleConversions'>
>;

export interface SegmentObject extends ApiObject {
  readonly siteId: string | null;
  readonly segmentType: string | null;
  readonly conditionsData: Readonly<Record<string, unknown>> | null;
}

export interface NewSegment {
  readonly name: string;
  readonly siteId: string;
  readonly conditionsData: Readonly<Record<string, unknown>>;
  readonly segmentType?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly audienceTracking?: boolean;
  readonly isFavorite?: boolean;
}

/** What PATCH writes of a segment: not its conditions. */
export type SegmentChange = Partial<
  Pick<NewSegment, 'name' | 'description' | 'tags' | 'audienceTracking' | 'isFavorite'>
>;

export interface FeatureFlagObject extends ApiObject {
  readonly featureKey: string | null;
  readonly siteCode: string | null;
}

/** Body of a results request; absent fields are not sent, and the API takes its defaults. */
export interface ResultsQuestion {
  readonly conversionType: 'ALL_CONVERSION' | 'CONVERTED_VISITS';
  readonly goalIds?: readonly string[];
  /** '0' is the original. */
  readonly referenceVariationId?: string;
  /** True: people; false: visits. */
  readonly visitorData?: boolean;
  readonly allVariationsData?: boolean;
  readonly bayesian?: boolean;
  readonly sequentialTesting?: boolean;
  readonly enabledMultipleTesting?: boolean;
  readonly goalIdsCuped?: readonly string[];
  /** Upstream time, epoch ms. */
  readonly intervals?: readonly { readonly startMs: number; readonly endMs: number }[];
  readonly breakdown?: Readonly<Record<string, unknown>> & { readonly type: string };
  readonly filters?: readonly (Readonly<Record<string, unknown>> & {
    readonly type: string;
    readonly include: boolean;
  })[];
  readonly callbackUrl?: string;
}

/** Counts by variation id (the original is '0', whatever it was called), then by row of the breakdown. */
export interface ResultsData {
  readonly variations: Readonly<Record<string, Readonly<Record<string, ResultsCounts>>>>;
  /** As it came. */
  readonly raw: unknown;
}

export interface ResultsCounts {
  readonly visits: number | null;
  readonly visitors: number | null;
  /** By goal id. */
  readonly goals: Readonly<Record<string, GoalCounts>>;
}

export interface GoalCounts {
  readonly conversions: number | null;
  readonly converted: number | null;
  readonly revenue: number | null;
}
