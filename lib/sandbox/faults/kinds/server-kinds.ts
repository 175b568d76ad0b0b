import { amount, oneOf, toKind, whole } from './field';

/** How the server itself misbehaves: jobs, tokens, time, windows. */
export const SERVER_KINDS = {
  /** Jobs begun under it never get ready, not even after it: they wait for ever, or end as `ERROR`. */
  'never-ready': toKind({ ends: oneOf('waiting', 'error') }, 'results', 'placed'),
  /** The poll says 404, and the job is gone for good. */
  vanish: toKind({}, 'poll', 'placed'),
  /** Tokens older than this are revoked, whatever `expires_in` said. */
  'token-dies': toKind({ afterMs: amount(60_000, 0, 7_200_000), status: oneOf(401, 403) }),
  /** The server's clock is wrong: the `Date` header, every date it tells and takes. */
  'clock-off': toKind({ offsetMs: whole(300_000, -86_400_000, 86_400_000) }),
  /**
   * Somebody else spends from the same credential: a share of each window's limit, evenly over
   * its span or all at once. Leaves with the fault.
   */
  neighbour: toKind(
    {
      hourShare: amount(0.5, 0, 1),
      tenSecondsShare: amount(0, 0, 1),
      pace: oneOf('even', 'burst'),
    },
    'all',
    'whole',
  ),
  /** Windows begin at fixed moments, with the phase the sandbox was made with. */
  'fixed-windows': toKind({}, 'all', 'whole'),
  /** Headers that tell the limit, what remains of it and when it comes back. */
  'rate-headers': toKind(
    { style: oneOf('ratelimit', 'x-ratelimit', 'structured') },
    'all',
    'whole',
  ),
};
