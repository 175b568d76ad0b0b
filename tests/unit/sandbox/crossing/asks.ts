import type { Side } from './side';

/** A request of the table. */
export interface Ask {
  readonly path: string;
  readonly method: string;
  /** JSON, or a form as it is. */
  readonly body?: unknown;
}

/**
 * What a stranger must get: one of these statuses, and nothing has changed; or a list in which every row is its own; or
 * anything, as long as the other notices nothing (`unnoticed`).
 */
export type Refusal = readonly number[] | 'own rows' | 'no rows' | 'unnoticed';

export interface Attempt extends Ask {
  readonly refusal: Refusal;
}

/** What must hold of a route between two accounts. */
export interface Case {
  /** What `mine` tries with objects of `theirs`. */
  readonly attempts: (theirs: Side, mine: Side) => readonly Attempt[];
  /** The same with its own: good. Without it a route that answers nobody would pass. */
  readonly fair?: (mine: Side) => Ask;
  /** Anybody may ask it, without a token. */
  readonly isOpen?: boolean;
}

type ToPath = (side: Side) => string;
type ToBody = (side: Side) => unknown;

const toQuery = (name: string, value: unknown): string =>
  `${name}=${encodeURIComponent(JSON.stringify(value))}`;

/** One object by its path. A stranger gets the 404 of something that is not there. */
export const byPath = (method: string, toPath: ToPath, toBody?: ToBody): Case => {
  const ask = (path: string, side: Side): Ask => ({
    method,
    path,
    ...(toBody === undefined ? {} : { body: toBody(side) }),
  });
  return {
    attempts: (theirs, mine) => [{ ...ask(toPath(theirs), mine), refusal: [404] }],
    fair: (mine) => ask(toPath(mine), mine),
  };
};

/** As `byPath`, and with the ids of others in the body besides. */
export const writing = (
  method: string,
  toPath: ToPath,
  toBody: ToBody,
  toMixed: (theirs: Side, mine: Side) => readonly unknown[],
): Case => {
  const plain = byPath(method, toPath, toBody);
  return {
    ...plain,
    attempts: (theirs, mine) => [
      ...plain.attempts(theirs, mine),
      ...toMixed(theirs, mine).map((body) => ({
        method,
        path: toPath(mine),
        body,
        refusal: [400],
      })),
    ],
  };
};

/** `mixed`: what would put something on another's site, or refer to what lies there. */
export const creating = (
  path: string,
  toBody: ToBody,
  toMixed: (theirs: Side, mine: Side) => readonly unknown[],
): Case => ({
  attempts: (theirs, mine) =>
    toMixed(theirs, mine).map((body) => ({ method: 'POST', path, body, refusal: [400] })),
  fair: (mine) => ({ method: 'POST', path, body: toBody(mine) }),
});

/** Every way a list may be asked for what is somebody else's. */
export const listing = (path: string, toId: (side: Side) => number): Case => ({
  attempts: (theirs) => {
    const is = [{ field: 'id', operator: 'EQUAL', parameters: [toId(theirs)] }];
    const among = [{ field: 'id', operator: 'IN', parameters: [toId(theirs), 1] }];
    const byId = [{ field: 'id', direction: 'DESC' }];
    return [
      { method: 'GET', path: `${path}?perPage=-1`, refusal: 'own rows' },
      { method: 'GET', path: `${path}?perPage=-1&${toQuery('sort', byId)}`, refusal: 'own rows' },
      { method: 'GET', path: `${path}?${toQuery('filter', is)}`, refusal: 'no rows' },
      { method: 'GET', path: `${path}?${toQuery('filter', among)}`, refusal: 'no rows' },
    ];
  },
  fair: (mine) => {
    const is = [{ field: 'id', operator: 'EQUAL', parameters: [toId(mine)] }];
    return { method: 'GET', path: `${path}?${toQuery('filter', is)}` };
  },
});

export const searching = (path: string, toId: (side: Side) => number): Case => {
  const is = (id: number) => ({ field: 'id', operator: 'EQUAL', parameters: [id] });
  return {
    attempts: (theirs, mine) => [
      { method: 'POST', path, body: { filter: is(toId(theirs)) }, refusal: 'no rows' },
      { method: 'POST', path, body: { perPage: -1 }, refusal: 'own rows' },
      {
        method: 'POST',
        path,
        body: {
          filter: {
            conditionalOperator: 'OR',
            expressions: [is(toId(theirs)), is(toId(mine))],
          },
        },
        refusal: 'own rows',
      },
    ],
    fair: (mine) => ({ method: 'POST', path, body: { filter: is(toId(mine)) } }),
  };
};

/** A case with further attempts. */
export const plus = (base: Case, more: Case['attempts']): Case => ({
  ...base,
  attempts: (theirs, mine) => [...base.attempts(theirs, mine), ...more(theirs, mine)],
});
