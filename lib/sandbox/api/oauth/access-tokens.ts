import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/sandbox/clock';
import type { Principal, Right } from '@/lib/sandbox/state/principal';
import { createSecret } from './secret';

export const TOKEN_LIFE_MS = 2 * HOUR_MS;
const SHARED_LIFE_MS = DAY_MS;

/** What a token is issued for. */
export interface TokenOwner {
  readonly principal: Principal;
  /** Undefined for a shared token. */
  readonly clientId?: string;
  /** The consent it comes from, if it comes from one. */
  readonly grantId?: string;
}

export interface IssuedToken extends TokenOwner {
  readonly issuedMs: number;
  readonly endMs: number;
  /** Whose rate windows it counts against. */
  readonly rateKey: string;
  /** Set when it was ended before its time: what it is refused with. */
  readonly revokedAs?: 401 | 403;
}

/** Access tokens in memory: a restart forgets them, as their expiry would. */
export interface AccessTokens {
  issue(owner: TokenOwner, nowMs: number): string;
  /** A token that opens the results of one experiment for a day, with rate windows of its own. */
  issueShared(experimentId: number, principal: Principal, nowMs: number): string;
  /** Undefined when unknown or expired. */
  find(token: string, nowMs: number): IssuedToken | undefined;
  /** Ends a token before its time. */
  revoke(token: string, status: 401 | 403): void;
  /** Ends all tokens of one consent: 403 from now on. */
  revokeGrant(grantId: string): void;
}

export interface AccessTokenOptions {
  /** How long a token lives; default two hours. Of shared tokens it is a day. */
  readonly tokenLifeMs?: number;
  /** Whether all tokens of a credential share its rate windows, or each has its own. */
  readonly rateKey?: 'credential' | 'token';
}

export function createAccessTokens(options: AccessTokenOptions = {}): AccessTokens {
  const { tokenLifeMs = TOKEN_LIFE_MS, rateKey = 'credential' } = options;
  const issued = new Map<string, IssuedToken>();
  let sweptMs = -Infinity;

  function sweep(nowMs: number): void {
    if (nowMs - sweptMs < MINUTE_MS) return;
    sweptMs = nowMs;
    for (const [token, { endMs }] of issued) if (endMs <= nowMs) issued.delete(token);
  }

  function add(owner: TokenOwner, nowMs: number, lifeMs: number): string {
    sweep(nowMs);
    const token = createSecret();
    const { credential } = owner.principal;
    issued.set(token, {
      ...owner,
      issuedMs: nowMs,
      endMs: nowMs + lifeMs,
      rateKey: rateKey === 'token' ? `${credential} ${token}` : credential,
    });
    return token;
  }

  return {
    issue: (owner, nowMs) => add(owner, nowMs, tokenLifeMs),
    issueShared: (experimentId, principal, nowMs) => {
      const credential = `${principal.credential}:shared:${experimentId}`;
      const rights: ReadonlySet<Right> = new Set<Right>(['read']);
      const shared = { ...principal, credential, rights, onlyResultsOf: experimentId };
      return add({ principal: shared }, nowMs, SHARED_LIFE_MS);
    },
    find: (token, nowMs) => {
      const found = issued.get(token);
      return found !== undefined && nowMs < found.endMs ? found : undefined;
    },
    revoke: (token, revokedAs) => {
      const found = issued.get(token);
      if (found !== undefined) issued.set(token, { ...found, revokedAs });
    },
    revokeGrant: (grantId) => {
      for (const [token, found] of issued)
        if (found.grantId === grantId) issued.set(token, { ...found, revokedAs: 403 });
    },
  };
}
