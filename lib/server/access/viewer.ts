import 'server-only';

/** Who is looking. People who sign in and portals that embed come with their doors; both will be members of this union. */
export type Viewer = { readonly kind: 'anonymous' };

/**
 * The viewer of a request. Until there are doors everybody is the same anonymous viewer, which is why the process
 * listens on loopback only unless the operator says otherwise.
 */
export const findViewer = (_headers: Headers): Viewer => ({ kind: 'anonymous' });
