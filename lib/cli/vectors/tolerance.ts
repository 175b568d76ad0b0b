import type { Accept } from '@/lib/cli/vectors/vector-file';

/** A number passes when it is within either; `exact` asks for the very number. */
export interface Tolerance {
  readonly abs: number;
  readonly rel: number;
  readonly exact?: boolean;
}

/** The kinds that `meta.accept` tells apart, and the fields that are of them; the first that fits counts. */
const KINDS: readonly (readonly [kind: string, fields: RegExp])[] = [
  ['ceil', /_ceil$/],
  ['sets', /^(rejected|k)$/],
  ['states', /^(states|best)$/],
  ['ln_bayes_factor', /ln_bayes_factor$/],
  ['loss', /^expected_loss/],
  ['interval', /^ci_/],
  ['probability', /^(chance_|p_best|chances?$)/],
  ['p', /^(p|p_now|p_running_min|p_always_valid|final_p)$|_p$/],
];

/** Where neither the file nor the case says anything. */
const DEFAULT: Tolerance = { abs: 1e-9, rel: 1e-6 };

/**
 * What one expected field is held to: its kind's tolerances in the group's `accept`, else the group's plain `abs` and
 * `rel`, else the case's own `tol`, else 1e-6 relative or 1e-9 absolute.
 */
export function toleranceOf(
  field: string,
  accept: Accept | undefined,
  own: Readonly<Record<string, number>> | null | undefined,
): Tolerance {
  const kind = KINDS.find(([name, fields]) => fields.test(field) && namesKind(accept, name))?.[0];
  if (accept !== undefined && kind !== undefined) {
    if (typeof accept[kind] === 'string') return { abs: 0, rel: 0, exact: true };
    return pick(accept, `${kind}_abs`, `${kind}_rel`) ?? DEFAULT;
  }
  return pick(accept ?? {}, 'abs', 'rel') ?? pick(own ?? {}, 'abs', 'rel') ?? DEFAULT;
}

const namesKind = (accept: Accept | undefined, kind: string): boolean =>
  accept !== undefined && [kind, `${kind}_abs`, `${kind}_rel`].some((name) => name in accept);

function pick(from: Accept, absName: string, relName: string): Tolerance | null {
  const [abs, rel] = [from[absName], from[relName]];
  if (typeof abs !== 'number' && typeof rel !== 'number') return null;
  return { abs: typeof abs === 'number' ? abs : 0, rel: typeof rel === 'number' ? rel : 0 };
}
