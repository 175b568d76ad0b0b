import 'server-only';
import type { Viewer } from '@/lib/server/access/viewer';

declare const proof: unique symbol;

/** Things a viewer may be allowed to do. */
export type Permission = 'read-results' | 'read-health' | 'write-notes';

/**
 * Proof that a permission was checked. The data layer asks for it as an argument, so a route that forgot to check
 * does not compile. Only `grant` makes one.
 */
export interface Granted<P extends Permission> {
  readonly viewer: Viewer;
  readonly permission: P;
  readonly [proof]: P;
}

/** Deny by default: a permission that is not listed for the viewer's kind is refused. */
const RULES: Readonly<Record<Viewer['kind'], readonly Permission[]>> = {
  anonymous: ['read-results', 'read-health', 'write-notes'],
};

export const grant = <P extends Permission>(viewer: Viewer, permission: P): Granted<P> | null =>
  RULES[viewer.kind].includes(permission) ? ({ viewer, permission } as Granted<P>) : null;
