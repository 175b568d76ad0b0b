import { amount, headerText, oneOf, status, toKind } from './field';

const RETRY_AFTER = {
  retryAfter: oneOf('none', 'seconds', 'date', 'garbage'),
  retryAfterMs: amount(30_000, 0, 7_200_000),
};

/** What comes instead of a good answer. */
export const ANSWER_KINDS = {
  /** Any refusal; `results` is the form of the results back end, which has no `status`. */
  status: toKind({
    status: status(503, 400),
    form: oneOf('api', 'results', 'empty', 'html'),
    ...RETRY_AFTER,
  }),
  /** 429 although the windows would let it through. */
  throttled: toKind(RETRY_AFTER),
  /** A page of some box in between, with any status. */
  html: toKind({ status: status(200, 200) }),
  /** The right body under a wrong name. */
  'content-type': toKind({ value: headerText('text/plain') }),
  /** 200, and an error in it. */
  'error-inside': toKind({}),
  /** 423: somebody edits the experiment in the app. */
  locked: toKind({}, 'objects'),
  /** 403 on results: the account may not read them. */
  forbidden: toKind({}, 'results', 'placed'),
  /** 401 at the token endpoint, as for a wrong secret. */
  'credentials-refused': toKind({}, 'token', 'placed'),
};
