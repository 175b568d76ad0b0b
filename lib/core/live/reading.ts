import type { Analysis, CurvePoint } from '@/lib/core/analysis/analysis';
import type { Outlook } from '@/lib/core/analysis/outlook/outlook';
import type { Experiment, Project } from '@/lib/core/experiment/experiment';
import type { VariationId } from '@/lib/core/experiment/ids';
import type { LookSource } from '@/lib/core/experiment/snapshot';
import type { ListGroup } from '@/lib/core/live/list-ask';
import type { Problem } from '@/lib/core/problem/problem';

/**
 * How fresh a reading is, told apart in words on the page. All times are upstream time.
 * `waiting`: never read yet. `live`: on pace. `throttled`: later than its pace because the budget is spent or the API said 429.
 * `failed`: the last attempt failed, the last good data stay. `at-rest`: paused, stopped, draft: nothing new is expected.
 * Staleness (older than 2 h while active) is a matter of age: see `isStale`.
 */
export type FreshnessState = 'waiting' | 'live' | 'throttled' | 'failed' | 'at-rest';

export interface Freshness {
  readonly state: FreshnessState;
  /** End of the counted data; null when there are none. */
  readonly asOfMs: number | null;
  /** When the next reading is planned; null when none is. */
  readonly nextReadingAtMs: number | null;
  /** Whether a reading is under way. */
  readonly isReading: boolean;
  readonly problem: Problem | null;
}

/** Few points for a small picture: `[atMs, lift, lower, upper]`, the leader's; null is no limit. */
export interface Sparkline {
  readonly variationId: VariationId | null;
  readonly points: readonly (readonly [number, number | null, number | null, number | null])[];
}

/** Who set what the rules are set to (`Analysis.method`), and when: frozen at the first look (statistics A12.2). */
export interface PlanFact {
  /** `default`: nobody planned anything; `file`: a person did, in the file of plans. */
  readonly setBy: 'default' | 'file';
  /** Moment of the first look's data. */
  readonly frozenAtMs: number;
  /** The file of plans asks for something else since: too late, what was frozen holds. */
  readonly isWishRefused: boolean;
}

/** Everything a page shows of one question but the whole curve: what one `analysis` event carries. */
export interface Reading {
  readonly questionKey: string;
  readonly experiment: Experiment;
  /** null: nothing has been read yet (or it is a draft). */
  readonly analysis: Analysis | null;
  readonly sparkline: Sparkline;
  readonly freshness: Freshness;
  /** What holds it back, when it is decided at this traffic, what waiting costs; null before the first look, and in lists. */
  readonly outlook: Outlook | null;
  /** null before the first look. */
  readonly plan: PlanFact | null;
  /** Rises when older points were added to the curve, so that it must be fetched anew. */
  readonly curveRevision: number;
  /** Rises when somebody's notes or decisions on the experiment changed, so that they must be fetched anew. */
  readonly notesRevision: number;
}

/** GET /api/experiments/{id}/curve: oldest first, decimated. */
export interface Curve {
  readonly questionKey: string;
  readonly revision: number;
  readonly points: readonly CurvePoint[];
}

/** GET /api/experiments/{id}/looks: the kept looks that count what the newest does, oldest first. */
export interface Moments {
  readonly moments: readonly { readonly atMs: number; readonly source: LookSource }[];
}

/** Experiments that have been read at least once, of those that can be (drafts cannot). */
export interface ReadingCount {
  readonly read: number;
  readonly total: number;
}

/** Running experiments; what is at rest is counted apart, for there may be thousands, read from spare budget. */
export interface ReadingProgress extends ReadingCount {
  readonly atRest: ReadingCount;
}

/** How far the list itself has come: thousands of experiments are listed page by page, what runs first. */
export interface ListingProgress {
  /** Whether what is not in it does not exist. */
  readonly isWhole: boolean;
  readonly read: number;
  /** null while nobody knows. */
  readonly total: number | null;
}

/** GET /api/experiments */
export interface ReadingList {
  /** The rows asked for, in the order of the page. */
  readonly readings: readonly Reading[];
  /** How many of each group match the filter, shown or not. */
  readonly totals: Readonly<Record<ListGroup, number>>;
  /** How many rows there are to ask for: all that match, of the group asked for where one is. */
  readonly total: number;
  /** Every experiment known, filtered or not. */
  readonly all: number;
  readonly listing: ListingProgress;
  /** Those to choose from, by name. */
  readonly projects: readonly Project[];
  readonly progress: ReadingProgress;
  /** Upstream time now, by which ages are counted (never the browser's clock alone). */
  readonly nowMs: number;
  /** Upstream time of the list itself; null before it was first read: then no readings means "not known", not "none". */
  readonly asOfMs: number | null;
  /** Why the list itself could not be renewed; the readings are the last good ones. */
  readonly problem: Problem | null;
  /** Why nothing is remembered at the moment; null while looks are kept. */
  readonly storeProblem: Problem | null;
}

export const STALE_AFTER_MS = 2 * 60 * 60 * 1000;

/** A12.8: older than two hours while the experiment runs. */
export const isStale = (reading: Reading, nowMs: number): boolean =>
  reading.experiment.status === 'active' &&
  reading.freshness.asOfMs !== null &&
  nowMs - reading.freshness.asOfMs > STALE_AFTER_MS;
