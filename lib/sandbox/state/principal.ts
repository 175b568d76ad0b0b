/** Who asks: what a token stands for. */
export interface Principal {
  /** Whose it is: a client id, one for each person of a partner application, one for each shared experiment. */
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

/** Whoever may change everything sees every account; everybody else only its own. */
export const isAdmin = ({ siteIds, rights }: Pick<Principal, 'siteIds' | 'rights'>): boolean =>
  siteIds === 'all' && rights.has('write');
