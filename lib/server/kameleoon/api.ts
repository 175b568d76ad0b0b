import 'server-only';

import type { Priority } from '@/lib/server/kameleoon/client';
import type { Filter, Sort } from '@/lib/server/kameleoon/query';
import type {
  Account,
  ExperimentObject,
  FeatureFlagObject,
  GoalObject,
  NewExperiment,
  NewGoal,
  NewSegment,
  NewVariation,
  ResultsData,
  ResultsQuestion,
  SegmentObject,
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

export interface ListSettings extends CallSettings {
  readonly filter?: readonly Filter[];
  readonly sort?: readonly Sort[];
  readonly optionalFields?: readonly string[];
  /** 1 to 200, default 200. */
  readonly perPage?: number;
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

/** `change` sends the named fields and nothing else: what was not read is never sent back. */
export interface Changeable<Found, New> extends Listed<Found>, Readable<Found> {
  create(body: New, settings?: CallSettings): Promise<Found>;
  change(id: string, fields: Partial<New>, settings?: CallSettings): Promise<Found>;
  remove(id: string, settings?: CallSettings): Promise<void>;
}

export const ACTIONS = ['ACTIVATE', 'PAUSE', 'RESUME', 'STOP', 'SCHEDULE', 'DEACTIVATE'] as const;
export type Action = (typeof ACTIONS)[number];

export interface ExperimentsApi extends Changeable<ExperimentObject, NewExperiment> {
  act(id: string, action: Action, settings?: CallSettings): Promise<ExperimentObject>;
  /** Address of a page that shows the experiment as a visitor would see it. */
  simulate(id: string, settings?: CallSettings): Promise<string>;
  /** A finished report: asked for, polled until it is there. `onWait`: told before each poll after the first. */
  results(
    id: string,
    question: ResultsQuestion,
    settings?: CallSettings & { readonly onWait?: () => void },
  ): Promise<ResultsData>;
  /** A token that reads this experiment's results and nothing else. */
  shareResults(id: string, question: ResultsQuestion, settings?: CallSettings): Promise<string>;
}

export interface VariationsApi extends Changeable<VariationObject, NewVariation> {
  /** Sends the whole object as it was read, with these fields changed. */
  replace(
    read: VariationObject,
    fields: Partial<NewVariation>,
    settings?: CallSettings,
  ): Promise<VariationObject>;
}

export interface SitesApi extends Listed<SiteObject>, Readable<SiteObject> {
  readByCode(code: string, settings?: CallSettings): Promise<SiteObject>;
}

export interface SegmentsApi extends Changeable<SegmentObject, NewSegment> {
  /** Replaces one condition of a segment. */
  putCondition(
    id: string,
    conditionId: string,
    condition: Readonly<Record<string, unknown>>,
    settings?: CallSettings,
  ): Promise<Readonly<Record<string, unknown>>>;
}

export interface FeatureFlagsApi extends Listed<FeatureFlagObject> {
  results(
    id: string,
    question: ResultsQuestion,
    settings?: CallSettings & { readonly onWait?: () => void },
  ): Promise<ResultsData>;
}

/** The Automation API, resource by resource. All failures are `ProblemError`; ids are strings of digits. */
export interface AutomationApi {
  readonly accounts: Listed<Account>;
  readonly sites: SitesApi;
  readonly experiments: ExperimentsApi;
  readonly variations: VariationsApi;
  readonly goals: Changeable<GoalObject, NewGoal>;
  readonly segments: SegmentsApi;
  readonly featureFlags: FeatureFlagsApi;
}
