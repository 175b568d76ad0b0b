import 'server-only';

import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { AttemptsContext, WireAnswer } from '@/lib/server/kameleoon/attempts';
import { makeAttempts } from '@/lib/server/kameleoon/attempts';
import type { Transport } from '@/lib/server/kameleoon/transport';
import { wireToken } from '@/lib/server/kameleoon/wire';

/** What the token endpoint gave. */
export interface GrantedTokens {
  readonly accessToken: string;
  /** null in the flow of client credentials, and where the old one stays. */
  readonly refreshToken: string | null;
  /** From the moment it was asked for. */
  readonly lifeMs: number;
}

/** The requests of OAuth, counted like all others. What is refused fails with the status as `upstreamStatus`. */
export interface OAuth {
  ownCredentials(): Promise<GrantedTokens>;
  /** `redirectUri` must be the one of the authorisation, letter by letter. */
  exchange(code: AuthorisedCode): Promise<GrantedTokens>;
  /** Never repeated where it may have been done: a rotated token that is offered twice ends the connection. */
  refresh(refreshToken: string): Promise<GrantedTokens>;
  revoke(refreshToken: string): Promise<void>;
}

export interface AuthorisedCode {
  readonly code: string;
  readonly redirectUri: string;
  /** Of PKCE, whose challenge went with the authorisation. */
  readonly verifier?: string;
}

export interface OAuthContext extends AttemptsContext {
  readonly transport: Transport;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Told of whatever must be kept out of messages. */
  readonly onSecret: (secret: string) => void;
}

/** What the seed document gives as default where the answer does not say: two hours. */
const DEFAULT_LIFE_MS = 7_200_000;
const TRY_TIMEOUT_MS = 10_000;
const DEADLINE_MS = 20_000;

export function createOAuth(context: OAuthContext): OAuth {
  const { transport, clientId, clientSecret, onSecret } = context;
  const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;

  const send = (
    path: string,
    form: Readonly<Record<string, string>>,
    { isOnce, authorization }: { readonly isOnce: boolean; readonly authorization?: string },
  ): Promise<WireAnswer> =>
    makeAttempts(context, { deadlineMs: DEADLINE_MS, isOnce }, (_, remainingMs) =>
      transport.send({
        method: 'POST',
        path,
        body: {
          contentType: 'application/x-www-form-urlencoded',
          text: new URLSearchParams(form).toString(),
        },
        authorization,
        expects: path === TOKEN ? 'json' : 'any',
        // Everybody waits for it.
        lane: 'auth',
        maxWaitMs: remainingMs,
        timeoutMs: Math.min(TRY_TIMEOUT_MS, remainingMs),
      }),
    );

  const toGranted = ({ body }: WireAnswer): GrantedTokens => {
    const parsed = wireToken.safeParse(body);
    if (!parsed.success)
      throw new ProblemError(
        toProblem('upstream-unreadable', `POST ${TOKEN}: the answer holds no access token`),
      );
    const { access_token: accessToken, refresh_token: refreshToken, expires_in } = parsed.data;
    onSecret(accessToken);
    if (refreshToken) onSecret(refreshToken);
    const isSaid = typeof expires_in === 'number' && expires_in > 0;
    const lifeMs = isSaid ? expires_in * 1000 : DEFAULT_LIFE_MS;
    return { accessToken, refreshToken: refreshToken ?? null, lifeMs };
  };

  return {
    ownCredentials: async () =>
      toGranted(
        await send(
          TOKEN,
          {
            grant_type: 'client_credentials',
            client_id: clientId,
            client_secret: clientSecret,
          },
          { isOnce: false },
        ),
      ),
    async exchange({ code, redirectUri, verifier }) {
      onSecret(code);
      if (verifier !== undefined) onSecret(verifier);
      const form = {
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        ...(verifier !== undefined && { code_verifier: verifier }),
      };
      return toGranted(await send(TOKEN, form, { isOnce: true, authorization: basic }));
    },
    async refresh(refreshToken) {
      onSecret(refreshToken);
      const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
      return toGranted(await send(TOKEN, form, { isOnce: true, authorization: basic }));
    },
    async revoke(refreshToken) {
      onSecret(refreshToken);
      const form = { token: refreshToken, token_type_hint: 'refresh_token' };
      await send('/oauth/revoke', form, { isOnce: false, authorization: basic });
    },
  };
}

const TOKEN = '/oauth/token';
