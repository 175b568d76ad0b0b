import 'server-only';

import { ProblemError, isProblemError, toProblem } from '@/lib/core/problem/problem';
import { sleep } from '@/lib/core/time/clock';
import type { TokenContext, TokenSource } from '@/lib/server/kameleoon/token';
import { asRefusedCredentials } from '@/lib/server/kameleoon/token';
import type { AuthorisedCode, GrantedTokens } from '@/lib/server/kameleoon/tokens/oauth';

/** What is kept of an account that somebody authorised. Secret. */
export interface StoredTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Epoch ms from which the access token is to be replaced. */
  readonly renewAtMs: number;
}

/** Where the tokens of one account are kept, for all processes that use it. */
export interface TokenStore {
  /** null: nobody is signed in. */
  readTokens(): Promise<StoredTokens | null>;
  /** Takes the place of what is there; null forgets it. */
  saveTokens(tokens: StoredTokens | null): Promise<void>;
  /** Runs the work while no other process runs its own. Without it two processes may race, and one then follows the other. */
  exclusively?<Done>(work: () => Promise<Done>): Promise<Done>;
}

/** All failures are `ProblemError`; `connection-ended` where somebody must sign in (again). */
export interface AccountTokens extends TokenSource {
  /** With the code that came back from the consent page. */
  signIn(code: AuthorisedCode): Promise<void>;
  /** Forgets the tokens and asks the API to, too; false where it did not: they then live out their time. */
  signOut(): Promise<boolean>;
}

/** As `EARLY_MS` of client credentials, but shorter: each refresh rotates something that must not be lost. */
const EARLY_MS = 60_000;
/** After a refusal: how long another process may need to save what it was given. */
const FOLLOW_MS = [0, 500, 1_500] as const;

/**
 * Tokens of an account, refreshed by one request however many ask. The rotated refresh token is saved before the new
 * access token is used; what could not be saved is kept, and saved before anything else is asked for.
 */
export function createAccountTokens(
  { clock, oauth }: TokenContext,
  store: TokenStore,
): AccountTokens {
  let held: StoredTokens | null = null;
  let unsaved: StoredTokens | null = null;
  let pending: Promise<string> | null = null;
  /** A refresh token that was refused is not offered again. */
  let ended: { readonly refreshToken: string; readonly error: ProblemError } | null = null;

  const isGood = (tokens: StoredTokens, refused: string | null): boolean =>
    tokens.accessToken !== refused && clock.nowMs() < tokens.renewAtMs;

  const toStored = (granted: GrantedTokens, old: string | null, askedMs: number): StoredTokens => {
    const { accessToken, lifeMs } = granted;
    const refreshToken = granted.refreshToken ?? old;
    if (refreshToken === null)
      throw new ProblemError(
        toProblem('upstream-unreadable', 'POST /oauth/token: the answer holds no refresh token'),
      );
    const renewAtMs = Math.round(askedMs + lifeMs - Math.min(EARLY_MS, lifeMs / 10));
    return { accessToken, refreshToken, renewAtMs };
  };

  const save = async (tokens: StoredTokens): Promise<string> => {
    unsaved = tokens;
    await stored(() => store.saveTokens(tokens), 'saved');
    unsaved = null;
    held = tokens;
    return tokens.accessToken;
  };

  const readStored = async (): Promise<StoredTokens> => {
    const found = await stored(() => store.readTokens(), 'read');
    if (found) return found;
    throw toEnded('nobody is signed in');
  };

  /** What another process was given in the meantime, if it was that which made our refresh token void. */
  const findFollowed = async (old: StoredTokens): Promise<StoredTokens | null> => {
    for (const waitMs of FOLLOW_MS) {
      if (waitMs > 0) await sleep(clock, waitMs);
      const now = await readStored();
      if (now.refreshToken !== old.refreshToken) return now;
    }
    return null;
  };

  const refresh = async (refused: string | null): Promise<string> => {
    const current = await readStored();
    if (isGood(current, refused)) return (held = current).accessToken;
    if (ended?.refreshToken === current.refreshToken) throw ended.error;
    const askedMs = clock.nowMs();
    let granted: GrantedTokens;
    try {
      granted = await oauth.refresh(current.refreshToken);
    } catch (error) {
      if (!isRefusedGrant(error)) throw asRefusedCredentials(error) ?? error;
      const followed = await findFollowed(current);
      if (followed) return (held = followed).accessToken;
      ended = {
        refreshToken: current.refreshToken,
        error: toEnded('its refresh token is refused', error),
      };
      throw ended.error;
    }
    return save(toStored(granted, current.refreshToken, askedMs));
  };

  const obtain = async (refused: string | null): Promise<string> => {
    // Given but not yet saved: the store holds what is void by now.
    if (unsaved) {
      const token = await save(unsaved);
      if (held && isGood(held, refused)) return token;
    }
    return store.exclusively ? store.exclusively(() => refresh(refused)) : refresh(refused);
  };

  const single = (refused: string | null): Promise<string> =>
    (pending ??= obtain(refused).finally(() => {
      pending = null;
    }));

  return {
    read: async () => (held && isGood(held, null) ? held.accessToken : single(null)),
    renew: async (refused) => (held && isGood(held, refused) ? held.accessToken : single(refused)),
    async signIn(code) {
      const askedMs = clock.nowMs();
      const granted = await oauth.exchange(code).catch((error: unknown) => {
        if (isRefusedGrant(error)) throw toEnded('its code is refused', error);
        throw asRefusedCredentials(error) ?? error;
      });
      await save(toStored(granted, null, askedMs));
      ended = null;
    },
    async signOut() {
      await pending?.catch(() => undefined);
      const tokens = unsaved ?? (await stored(() => store.readTokens(), 'read'));
      await stored(() => store.saveTokens(null), 'forgotten');
      held = unsaved = null;
      if (!tokens) return true;
      return oauth.revoke(tokens.refreshToken).then(
        () => true,
        () => false,
      );
    },
  };
}

/** RFC 6749: a grant that is void is a 400 with its name; wrong client credentials are something else. */
const isRefusedGrant = (error: unknown): error is ProblemError =>
  isProblemError(error) &&
  error.problem.upstreamStatus === 400 &&
  !/\b(invalid|unauthorized)_client\b/.test(error.problem.detail);

const toEnded = (why: string, cause?: unknown): ProblemError =>
  new ProblemError(
    toProblem(
      'connection-ended',
      `the connection to the account has ended (${why}): sign in again`,
    ),
    { cause },
  );

async function stored<Done>(work: () => Promise<Done>, done: string): Promise<Done> {
  try {
    return await work();
  } catch (cause) {
    if (isProblemError(cause)) throw cause;
    throw new ProblemError(
      toProblem('store-failed', `the tokens of the account could not be ${done}`),
      { cause },
    );
  }
}
