import { amount, oneOf, toKind, whole } from './field';

/** What goes wrong on the way: time, and the connection itself. */
export const CONNECTION_KINDS = {
  /** No connection at all; the API never sees the request. */
  down: toKind({}),
  /** Late answers: a fixed part and a lognormal tail (median, spread of the logarithm). */
  latency: toKind({
    fixedMs: amount(200, 0, 600_000),
    tailMedianMs: amount(0, 0, 600_000),
    tailSigma: amount(1, 0, 3),
    /** `answer`: the API took the request at once. `request`: it arrives late. */
    where: oneOf('answer', 'request'),
  }),
  /** The API took the request; the connection breaks before the headers or within the body. */
  reset: toKind({ at: oneOf('before', 'within'), share: amount(0.5, 0, 1) }),
  /** The body drips: this many pieces, evenly over this time. */
  'slow-body': toKind({ spreadMs: amount(5_000, 1, 600_000), chunks: whole(10, 1, 1_000) }),
  /** The body ends early, while `content-length` says more. */
  'truncated-body': toKind({ share: amount(0.5, 0, 0.99) }),
};
