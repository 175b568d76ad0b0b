import 'server-only';

/** Results change with every reading and may belong to one viewer: nothing in between may keep or rewrite them. */
export const PRIVATE = {
  'Cache-Control': 'private, no-store, no-transform',
  Vary: 'Cookie, Authorization',
};
