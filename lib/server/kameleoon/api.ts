import 'server-only';

import type { Priority } from '@/lib/server/kameleoon/client';
import type { Expression } from '@/lib/server/kameleoon/filters';
import type { Filter, Sort } from '@/lib/server/kameleoon/query';
import type {
  Account,
  ExperimentObject,
  FeatureFlagObject,
  GoalChange,
  GoalObject,
  NewExperiment,
  NewGoal,
  NewSegment,
  NewVariation,
  ResultsData,
  ResultsQuestion,
  SegmentChange,
  SegmentObject,
  SiteChange,
  SiteObject,
  VariationObject,
} from '@/lib/server/kameleoon/objects';

/** What goes with every call. */
export interface CallSettings {
  /** Default `interactive`. */
  readonly priority?: Priority;
  /** Told before each wire request of this call: what it costs. */
  readonly onSent?: () => void;
  /** Gives up what is not yet sent, and waiting. */
  readonly signal?: AbortSignal;
}

export interface SearchSettings extends CallSettings {
  readonly sort?: readonly Sort[];
  readonly optionalFields?: readonly string[];
  /** 1 to 200, default 200. */
  readonly perPage?: number;
  /** Told of each row that cannot be read (it has no id); such a row is left out, and the others come. */
  readonly onOdd?: (row: unknown) => void;
}

export interface ListSettings extends SearchSettings {
  /** All of them must hold. */
  readonly filter?: readonly Filter[];
}

export interface ResultsSettings extends CallSettings {
  /** Told before each poll after the first. */
  readonly onWait?: () => void;
  /** From `shareResults`: read with it instead of the connection's own token. */
  readonly sharedToken?: string;
}

/** Rows one by one, a page at a time as they are consumed; ends by the page header or at a short page. */
export interface Listed<Found> {
  list(settings?: ListSettings): AsyncIterable<Found>;
}

export interface Readable<Found> {
  read(
    id: string,
    settings?: CallSettings & { readonly optionalFields?: readonly string[] },
  ): Promise<Found>;
}

/** Documented for some kinds only. */
export interface Searchable<Found> {
  search(expression: Expression, settings?: SearchSettings): AsyncIterable<Found>;
}

export interface Replaceable<Found, New> {
  /** Sends the whole object as it was read, with these fields changed. */
  replace(read: Found, fields: Partial<New>, settings?: CallSettings): Promise<Found>;
}

/**
 * `change` sends the named fields and nothing else: what was not read is never sent back. A `create` that was sent and
 * not answered is `write-uncertain`, never repeated.
 */
export interface Changeable<Found, New, Change = Partial<New>>
  extends Listed<Found>, Readable<Found> {
  create(body: New, settings?: CallSettings): Promise<Found>;
  change(id: string, fields: Change, settings?: CallSettings): Promise<Found>;
  remove(id: string, settings?: CallSettings): Promise<void>;
}

export const ACTIONS = ['ACTIVATE', 'PAUSE', 'RESUME', 'STOP', 'SCHEDULE', 'DEACTIVATE'] as const;
export type Action = (typeof ACTIONS)[number];

export interface ExperimentsApi extends Changeable<ExperimentObject, NewExperiment> {
  act(id: string, action: Action, settings?: CallSettings): Promise<ExperimentObject>;
  /** Address of a page that shows the experiment as a visitor would see it. */
  simulate(id: string, settings?: CallSettings): Promise<string>;
  /** A finished report: asked for, polled until it is there. */
  results(id: string, question: ResultsQuestion, settings?: ResultsSettings): Promise<ResultsData>;
  /** A token that reads this experiment's results and nothing else. */
  shareResults(id: string, question: ResultsQuestion, settings?: CallSettings): Promise<string>;
}

export interface VariationsApi
  extends
    Changeable<VariationObject, NewVariation>,
    Replaceable<VariationObject, NewVariation>,
    Searchable<VariationObject> {}

export interface GoalsApi
  extends
    Changeable<GoalObject, NewGoal, GoalChange>,
    Replaceable<GoalObject, NewGoal>,
    Searchable<GoalObject> {}

export interface SitesApi
  extends Listed<SiteObject>, Readable<SiteObject>, Replaceable<SiteObject, SiteChange> {
  change(id: string, fields: SiteChange, settings?: CallSettings): Promise<SiteObject>;
  readByCode(code: string, settings?: CallSettings): Promise<SiteObject>;
}

export interface SegmentsApi
  extends
    Changeable<SegmentObject, NewSegment, SegmentChange>,
    Replaceable<SegmentObject, NewSegment>,
    Searchable<SegmentObject> {
  /** Replaces one condition of a segment. */
  putCondition(
    id: string,
    conditionId: string,
    condition: Readonly<Record<string, unknown>>,
    settings?: CallSettings,
  ): Promise<Readonly<Record<string, unknown>>>;
}

export interface FeatureFlagsApi extends Listed<FeatureFlagObject>, Searchable<FeatureFlagObject> {
  /** By the flag's id, or by the id of one of its experimentation rules (the API's own pages disagree). */
  results(id: string, question: ResultsQuestion, settings?: ResultsSettings): Promise<ResultsData>;
}

/** The Automation API, resource by resource. All failures are `ProblemError`; ids are strings of digits. */
export interface AutomationApi {
  readonly accounts: Listed<Account>;
  readonly sites: SitesApi;
  readonly experiments: ExperimentsApi;
  readonly variations: VariationsApi;
  readonly goals: GoalsApi;
  readonly segments: SegmentsApi;
  readonly featureFlags: FeatureFlagsApi;
}
