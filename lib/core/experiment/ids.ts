/**
 * Branded ids. All ids are strings: `dataCode` has 77 digits, and int64 does not fit a JavaScript number.
 * The brand keeps a goal id from being passed where a variation id is meant; it costs nothing at run time.
 */
declare const brand: unique symbol;
export type Id<Kind extends string> = string & { readonly [brand]: Kind };

export type ProjectId = Id<'project'>;
export type ExperimentId = Id<'experiment'>;
export type VariationId = Id<'variation'>;
export type GoalId = Id<'goal'>;
/** What results are read through, and what owns the request budget (architecture, section 6). */
export type ConnectionId = Id<'connection'>;

export const projectId = (raw: string | number): ProjectId => String(raw) as ProjectId;
export const experimentId = (raw: string | number): ExperimentId => String(raw) as ExperimentId;
export const variationId = (raw: string | number): VariationId => String(raw) as VariationId;
export const goalId = (raw: string | number): GoalId => String(raw) as GoalId;
export const connectionId = (raw: string): ConnectionId => raw as ConnectionId;

/** The original page. Upstream calls it `origin`, `_reference` or `0`; inside the house it has this one id. */
export const ORIGINAL: VariationId = variationId(0);
