import { randomBytes } from 'node:crypto';
import { HOUR_MS } from '@/lib/sandbox/clock';

export const TOKEN_LIFE_MS = 2 * HOUR_MS;

export interface IssuedToken {
  readonly credential: string;
  readonly issuedMs: number;
  readonly endMs: number;
  /** Set when it was ended before its time: what it is refused with. */
  readonly revokedAs?: 401 | 403;
}

/** Access tokens in memory: a restart forgets them, as a revocation would. */
export interface Tokens {
  issue(credential: string, nowMs: number): string;
  /** Undefined when unknown or expired. */
  find(token: string, nowMs: number): IssuedToken | undefined;
  /** Ends a token before its time. */
  revoke(token: string, status: 401 | 403): void;
}

export function createTokens(): Tokens {
  const issued = new Map<string, IssuedToken>();
  return {
    issue: (credential, nowMs) => {
      for (const [token, { endMs }] of issued) if (endMs <= nowMs) issued.delete(token);
      const token = randomBytes(24).toString('hex');
      issued.set(token, { credential, issuedMs: nowMs, endMs: nowMs + TOKEN_LIFE_MS });
      return token;
    },
    find: (token, nowMs) => {
      const found = issued.get(token);
      return found !== undefined && nowMs < found.endMs ? found : undefined;
    },
    revoke: (token, revokedAs) => {
      const found = issued.get(token);
      if (found !== undefined) issued.set(token, { ...found, revokedAs });
    },
  };
}
