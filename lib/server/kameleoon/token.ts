import 'server-only';

import { ProblemError, isProblemError, toProblem } from '@/lib/core/problem/problem';
import type { Clock } from '@/lib/core/time/clock';
import type { AttemptsContext, WireAnswer } from '@/lib/server/kameleoon/attempts';
import { makeAttempts } from '@/lib/server/kameleoon/attempts';
import type { Transport } from '@/lib/server/kameleoon/transport';
import { wireToken } from '@/lib/server/kameleoon/wire';

export interface TokenSource {
  /** A token that is valid for a while yet; any number of callers at once cost one request. */
  read(): Promise<string>;
  /** Another token than `refused` (a 401 said so); at most one request for all who were refused together. */
  renew(refused: string): Promise<string>;
}

export interface TokenOptions extends AttemptsContext {
  readonly clock: Clock;
  readonly transport: Transport;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Told of each new token, so that it can be kept out of messages. */
  readonly onToken: (token: string) => void;
}

/** What the seed document gives as default where the answer does not say: two hours. */
const DEFAULT_LIFE_MS = 7_200_000;
/** A token is replaced this early, or in the last tenth of a shorter life: no request meets its end. */
const EARLY_MS = 300_000;
/** Credentials that were refused are not offered again at once: every offer costs budget. */
const REFUSED_MEMORY_MS = 20_000;
const TRY_TIMEOUT_MS = 10_000;
const DEADLINE_MS = 20_000;

interface Held {
  readonly token: string;
  readonly renewAtMs: number;
}

export function createTokenSource(options: TokenOptions): TokenSource {
  const { clock, transport, clientId, clientSecret, onToken } = options;
  let held: Held | null = null;
  let pending: Promise<string> | null = null;
  let refusal: { readonly error: ProblemError; readonly untilMs: number } | null = null;

  const request = (): Promise<WireAnswer> =>
    makeAttempts(options, DEADLINE_MS, (_, remainingMs) =>
      transport.send({
        method: 'POST',
        path: '/oauth/token',
        body: {
          contentType: 'application/x-www-form-urlencoded',
          text: new URLSearchParams({
            grant_type: 'client_credentials',
            client_id: clientId,
            client_secret: clientSecret,
          }).toString(),
        },
        // Everybody waits for it.
        lane: 'auth',
        maxWaitMs: remainingMs,
        timeoutMs: Math.min(TRY_TIMEOUT_MS, remainingMs),
      }),
    );

  const obtain = async (): Promise<string> => {
    const startedMs = clock.monotonicMs();
    try {
      const { body } = await request();
      const parsed = wireToken.safeParse(body);
      if (!parsed.success)
        throw new ProblemError(
          toProblem('upstream-unreadable', 'POST /oauth/token: the answer holds no access token'),
        );
      const { access_token: token, expires_in: seconds } = parsed.data;
      const lifeMs = typeof seconds === 'number' && seconds > 0 ? seconds * 1000 : DEFAULT_LIFE_MS;
      onToken(token);
      held = { token, renewAtMs: startedMs + lifeMs - Math.min(EARLY_MS, lifeMs / 10) };
      return token;
    } catch (error) {
      const told = asRefusedCredentials(error);
      if (told) refusal = { error: told, untilMs: clock.monotonicMs() + REFUSED_MEMORY_MS };
      throw told ?? error;
    }
  };

  const single = (): Promise<string> => {
    if (refusal && clock.monotonicMs() < refusal.untilMs) return Promise.reject(refusal.error);
    refusal = null;
    pending ??= obtain().finally(() => {
      pending = null;
    });
    return pending;
  };

  return {
    read: async () => (held && clock.monotonicMs() < held.renewAtMs ? held.token : single()),
    renew: async (refused) => {
      if (held?.token === refused) held = null;
      return held?.token ?? single();
    },
  };
}

/** The token endpoint's 400, 401 and 403 mean one thing to whoever runs this: the credentials are wrong. */
function asRefusedCredentials(error: unknown): ProblemError | null {
  if (!isProblemError(error)) return null;
  const { upstreamStatus: status, detail } = error.problem;
  if (status !== 400 && status !== 401 && status !== 403) return null;
  return new ProblemError(
    toProblem(
      'upstream-auth',
      `the API refused the client credentials (KAMELEOON_CLIENT_ID, KAMELEOON_CLIENT_SECRET): ${detail}`,
      { upstreamStatus: status },
    ),
    { cause: error },
  );
}
