import { DAY_MS } from '@/lib/sandbox/clock';
import { createSecret, toFingerprint } from './secret';

export const REFRESH_LIFE_MS = 60 * DAY_MS;

/** One consent, with every refresh token that came of it: a family (RFC 9700, 4.14.2). */
export interface Grant {
  readonly id: string;
  readonly clientId: string;
  readonly accountId: number;
  /** Fingerprints: the tokens themselves are known to nobody but the application. */
  readonly tokens: readonly KeptToken[];
}

interface KeptToken {
  readonly fingerprint: string;
  readonly endMs: number;
  readonly isUsed: boolean;
}

export interface GrantsOptions {
  /** Whether a refresh token works once, each refresh giving the next. Default true. */
  readonly refreshRotation?: boolean;
  /** How long a refresh token lives; default 60 days. */
  readonly refreshLifeMs?: number;
  /** What an earlier run had left. */
  readonly saved?: readonly Grant[];
  readonly onChange: () => void;
}

export interface Grants {
  begin(clientId: string, accountId: number, nowMs: number): Renewal;
  /** Undefined when unknown or expired. `used`: it has been exchanged for the next one already. */
  find(
    token: string,
    nowMs: number,
  ): { readonly grant: Grant; readonly isUsed: boolean } | undefined;
  /** The next refresh token of a living one; without rotation the same again. */
  renew(grant: Grant, token: string, nowMs: number): Renewal;
  end(grantId: string): void;
  save(): readonly Grant[];
}

export interface Renewal {
  readonly grantId: string;
  readonly refreshToken: string;
}

/** Refresh tokens, kept as fingerprints over restarts. */
export function createGrants(options: GrantsOptions): Grants {
  const { refreshRotation = true, refreshLifeMs = REFRESH_LIFE_MS, saved = [], onChange } = options;
  const grants = new Map(saved.map((grant) => [grant.id, grant]));
  const idOf = new Map<string, string>();
  for (const { id, tokens } of saved) for (const token of tokens) idOf.set(token.fingerprint, id);

  function put(grant: Grant, nowMs: number): void {
    const living = grant.tokens.filter(({ endMs }) => nowMs < endMs);
    for (const token of grant.tokens) if (!living.includes(token)) idOf.delete(token.fingerprint);
    for (const { fingerprint } of living) idOf.set(fingerprint, grant.id);
    grants.set(grant.id, { ...grant, tokens: living });
    onChange();
  }

  const create = (nowMs: number): { readonly token: string; readonly kept: KeptToken } => {
    const token = createSecret();
    const kept = { fingerprint: toFingerprint(token), endMs: nowMs + refreshLifeMs, isUsed: false };
    return { token, kept };
  };

  function end(grantId: string): void {
    for (const { fingerprint } of grants.get(grantId)?.tokens ?? []) idOf.delete(fingerprint);
    if (grants.delete(grantId)) onChange();
  }

  return {
    begin: (clientId, accountId, nowMs) => {
      for (const { id, tokens } of grants.values())
        if (tokens.every(({ endMs }) => endMs <= nowMs)) end(id);
      const { token, kept } = create(nowMs);
      const id = createSecret();
      put({ id, clientId, accountId, tokens: [kept] }, nowMs);
      return { grantId: id, refreshToken: token };
    },
    find: (token, nowMs) => {
      const fingerprint = toFingerprint(token);
      const grant = grants.get(idOf.get(fingerprint) ?? '');
      const kept = grant?.tokens.find((each) => each.fingerprint === fingerprint);
      if (grant === undefined || kept === undefined || nowMs >= kept.endMs) return undefined;
      return { grant, isUsed: kept.isUsed };
    },
    renew: (grant, token, nowMs) => {
      if (!refreshRotation) return { grantId: grant.id, refreshToken: token };
      const fingerprint = toFingerprint(token);
      const used = grant.tokens.map((kept) =>
        kept.fingerprint === fingerprint ? { ...kept, isUsed: true } : kept,
      );
      const next = create(nowMs);
      put({ ...grant, tokens: [...used, next.kept] }, nowMs);
      return { grantId: grant.id, refreshToken: next.token };
    },
    end,
    save: () => [...grants.values()],
  };
}
