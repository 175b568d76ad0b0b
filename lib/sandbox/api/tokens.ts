import { randomBytes } from 'node:crypto';
import { HOUR_MS } from '@/lib/sandbox/clock';

export const TOKEN_LIFE_MS = 2 * HOUR_MS;

/** Access tokens in memory: a restart forgets them, as a revocation would. */
export interface Tokens {
  issue(credential: string, nowMs: number): string;
  /** Who the token belongs to; undefined when unknown or expired. */
  findCredential(token: string, nowMs: number): string | undefined;
}

export function createTokens(): Tokens {
  const issued = new Map<string, { readonly credential: string; readonly endMs: number }>();
  return {
    issue: (credential, nowMs) => {
      for (const [token, { endMs }] of issued) if (endMs <= nowMs) issued.delete(token);
      const token = randomBytes(24).toString('hex');
      issued.set(token, { credential, endMs: nowMs + TOKEN_LIFE_MS });
      return token;
    },
    findCredential: (token, nowMs) => {
      const found = issued.get(token);
      return found !== undefined && nowMs < found.endMs ? found.credential : undefined;
    },
  };
}
