import 'server-only';

import { ProblemError, isProblemError, toProblem } from '@/lib/core/problem/problem';
import type { Clock } from '@/lib/core/time/clock';
import type { OAuth } from '@/lib/server/kameleoon/tokens/oauth';

export interface TokenSource {
  /** A token that is valid for a while yet; any number of callers at once cost one request. */
  read(): Promise<string>;
  /** Another token than `refused` (a 401 said so); at most one request for all who were refused together. */
  renew(refused: string): Promise<string>;
}

/** What a source of tokens stands on. */
export interface TokenContext {
  readonly clock: Clock;
  readonly oauth: OAuth;
}

/** A token is replaced this early, or in the last tenth of a shorter life: no request meets its end. */
const EARLY_MS = 300_000;
/** Credentials that were refused are not offered again at once: every offer costs budget. */
const REFUSED_MEMORY_MS = 20_000;

interface Held {
  readonly token: string;
  readonly renewAtMs: number;
}

/** Tokens of the client's own credentials. */
export function createTokenSource({ clock, oauth }: TokenContext): TokenSource {
  let held: Held | null = null;
  let pending: Promise<string> | null = null;
  let refusal: { readonly error: ProblemError; readonly untilMs: number } | null = null;

  const obtain = async (): Promise<string> => {
    const startedMs = clock.monotonicMs();
    try {
      const { accessToken: token, lifeMs } = await oauth.ownCredentials();
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
export function asRefusedCredentials(error: unknown): ProblemError | null {
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
