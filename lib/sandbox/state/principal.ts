/** Who asks: what a token stands for. */
export interface Principal {
  /** Whose rate windows it counts against: a client id, or one for each person of a partner application. */
  readonly credential: string;
  /** Row of `/accounts`. */
  readonly accountId: number;
  /** Sites whose objects it may see; whatever lies elsewhere does not exist for it. */
  readonly siteIds: ReadonlySet<number> | 'all';
  readonly rights: ReadonlySet<Right>;
  /** A shared token: results of this experiment, and nothing else. */
  readonly onlyResultsOf?: number;
}

/** `read` lists and results, `write` creates, changes and deletes, `launch` changes an experiment's status. */
export const RIGHTS = ['read', 'write', 'launch'] as const;
export type Right = (typeof RIGHTS)[number];
