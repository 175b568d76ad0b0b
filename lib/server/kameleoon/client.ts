import type { Experiment } from '@/lib/core/experiment/experiment';
import type { VariationId } from '@/lib/core/experiment/ids';
import type { Snapshot, Unit } from '@/lib/core/experiment/snapshot';
import type { BreakerState } from '@/lib/server/kameleoon/breaker';
import type { Endpoint } from '@/lib/server/kameleoon/endpoint';

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

export interface ReportRequest {
  readonly experiment: Experiment;
  readonly unit: Unit;
  /** End of the interval (upstream time); null: now. The start is the experiment's. */
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
}

/** How the way to the API does. */
export interface LineUse {
  readonly breakers: Readonly<Record<Endpoint, BreakerState>>;
  /** Since the process started; `refused`: a tenth of the requests had been repeated already. */
  readonly retries: { readonly taken: number; readonly refused: number };
}

/** The house's view of the Automation API for one connection. All failures are `ProblemError`. */
export interface KameleoonClient {
  /** `knownNames` spares the calls for variations whose names were read before. */
  readCatalogue(options: {
    readonly priority: Priority;
    readonly knownNames?: ReadonlyMap<VariationId, string>;
  }): Promise<Catalogue>;
  readReport(request: ReportRequest, options: { readonly priority: Priority }): Promise<Report>;
  /** Upstream time now, from the `Date` of its answers; our wall clock before the first. */
  upstreamNowMs(): number;
  budget(): BudgetUse;
  line(): LineUse;
  /** Learnt time from POST to READY, milliseconds (upper estimate used for the first poll). */
  expectedJobMs(): number;
}
