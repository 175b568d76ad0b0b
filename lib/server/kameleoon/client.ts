import 'server-only';

import type { Experiment } from '@/lib/core/experiment/experiment';
import type { ExperimentId, VariationId } from '@/lib/core/experiment/ids';
import type { Snapshot, Unit } from '@/lib/core/experiment/snapshot';
import type { BreakerState } from '@/lib/server/kameleoon/breaker';
import type { Endpoint } from '@/lib/server/kameleoon/endpoint';
import type { ByLane } from '@/lib/server/kameleoon/waiting-line';

/** Who waits: a person, or the watcher and the backfill. */
export type Priority = 'interactive' | 'background';

/** Every experiment the credential may read, as configured now. */
export interface Catalogue {
  readonly experiments: readonly Experiment[];
  /** Upstream time of the answer. */
  readonly asOfMs: number;
  /** Rows that did not fit their schema and were left out. */
  readonly quarantined: number;
}

/** Where a page of a list begins (a multiple of its length), and how long it is. */
export interface ListPage {
  readonly offset: number;
  readonly perPage: number;
}

/** What of the list of experiments is asked for. */
export type ListPart =
  /** What runs. Throws `upstream-rejected` where the API does not filter by status. */
  | { readonly kind: 'running' }
  /** These, whatever their status is by now. */
  | { readonly kind: 'ids'; readonly ids: readonly ExperimentId[] }
  /** One page of the whole: the first one, then each `next`. */
  | { readonly kind: 'page'; readonly page: ListPage };

export const FIRST_PAGE: ListPage = { offset: 0, perPage: 200 };

export interface CataloguePart extends Catalogue {
  /** Rows that did not fit, as far as their id could be read: these experiments exist. */
  readonly unreadable: readonly ExperimentId[];
  /** Of the ids asked for those that the API says do not exist. What is merely missing is not gone. */
  readonly gone: readonly ExperimentId[];
  /** Of a page: the one after it, null after the last. */
  readonly next: ListPage | null;
  /** Of a page: rows of the whole list, rounded up to whole pages; null where the API does not say. */
  readonly total: number | null;
}

export interface ListRequest {
  readonly priority: Priority;
  /** The first page by default. */
  readonly part?: ListPart;
  /** What variations are labelled by; the others by their id. */
  readonly knownNames?: ReadonlyMap<VariationId, string>;
  /** Their projects and goals are known already. */
  readonly remembered?: readonly Experiment[];
}

export interface NamesRequest {
  readonly priority: Priority;
  /** How many may be asked for one by one, where the API gives no list of them. */
  readonly maxSingles: number;
}

/** What of an experiment is counted. Counts of different forms are never held against each other (statistics A12). */
export interface CountingForm {
  readonly unit: Unit;
  /** Upstream time from which events count; null: since the launch. The API is told whole seconds, rounded up. */
  readonly sinceMs: number | null;
}

export interface ReportRequest {
  readonly experiment: Experiment;
  /**
   * `first-visits`: throws `upstream-rejected` where the API does not tell them, or tells something else under their
   * name.
   */
  readonly unit: Unit;
  /** As in `CountingForm`. */
  readonly sinceMs?: number | null;
  /** End of the interval (upstream time); null: now. */
  readonly endMs: number | null;
}

export interface Report {
  readonly snapshot: Snapshot;
  /** Wire requests this report cost, retries and polls included. */
  readonly requests: number;
}

/** State of one rate window as we keep it: `limit` is ours, below the API's. */
export interface WindowUse {
  readonly used: number;
  readonly limit: number;
  readonly windowMs: number;
}

export interface BudgetUse {
  readonly tenSeconds: WindowUse;
  readonly hour: WindowUse;
  /** Wire requests since the process started, by kind. */
  readonly total: number;
  readonly refused429: number;
  /** Delay until a background request could go out now, 0 if at once. */
  readonly waitMs: number;
  /** Requests that wait now, and those let out since the process started. */
  readonly queued: ByLane<number>;
  readonly granted: ByLane<number>;
  readonly inFlight: number;
  /** Silence still to come after a 429, 0 when there is none. */
  readonly heldMs: number;
  /** What somebody else on the credential was learnt to take; already taken off `hour.limit`. */
  readonly neighbourPerHour: number;
}

/** How the way to the API does. */
export interface LineUse {
  readonly breakers: Readonly<Record<Endpoint, BreakerState>>;
  /** Since the process started; `refused`: a tenth of the requests had been repeated already. */
  readonly retries: { readonly taken: number; readonly refused: number };
}

/** The house's view of the Automation API for one connection. All failures are `ProblemError`. */
export interface KameleoonClient {
  /** A part of the experiments the credential may read, as configured now, with their projects and goals. */
  readCatalogue(request: ListRequest): Promise<CataloguePart>;
  /** Names of variations as far as they can be had; a name is a label, so its failure is no failure. */
  readNames(
    ids: readonly VariationId[],
    request: NamesRequest,
  ): Promise<ReadonlyMap<VariationId, string>>;
  /** `raised` fires when a person begins to wait for what was asked for in the background. */
  readReport(
    request: ReportRequest,
    options: { readonly priority: Priority; readonly raised?: AbortSignal | undefined },
  ): Promise<Report>;
  /** Upstream time now, from the `Date` of its answers; our wall clock before the first. */
  upstreamNowMs(): number;
  budget(): BudgetUse;
  line(): LineUse;
  /** Learnt time from POST to READY, milliseconds (upper estimate used for the first poll). */
  expectedJobMs(): number;
}
