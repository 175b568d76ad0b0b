import { SECOND_MS } from '@/lib/sandbox/clock';
import type { Challenge } from './pkce';
import { createSecret } from './secret';

const CODE_LIFE_MS = 60 * SECOND_MS;
/** A used one is remembered for so long, to know it again when it comes a second time. */
const REMEMBERED_MS = 3_600 * SECOND_MS;

/** What somebody consented to. */
export interface Consent {
  readonly clientId: string;
  readonly accountId: number;
  readonly redirectUri: string;
  readonly challenge: Challenge | undefined;
}

interface Kept {
  readonly consent: Consent;
  readonly issuedMs: number;
  /** Set by the first use; null when nothing came of it. */
  grantId?: string | null;
}

/** Authorization codes: a minute each, once. */
export interface Codes {
  issue(consent: Consent, nowMs: number): string;
  find(code: string, nowMs: number): Found | undefined;
  /** From now on it is used; `grantId` is what was issued for it. */
  use(code: string, grantId: string | null): void;
}

export type Found =
  | { readonly kind: 'fresh' | 'late'; readonly consent: Consent }
  | { readonly kind: 'used'; readonly consent: Consent; readonly grantId: string | null };

export function createCodes(): Codes {
  const codes = new Map<string, Kept>();
  return {
    issue: (consent, nowMs) => {
      for (const [code, { issuedMs }] of codes)
        if (nowMs - issuedMs >= REMEMBERED_MS) codes.delete(code);
      const code = createSecret();
      codes.set(code, { consent, issuedMs: nowMs });
      return code;
    },
    find: (code, nowMs) => {
      const kept = codes.get(code);
      if (kept === undefined) return undefined;
      const { consent, issuedMs, grantId } = kept;
      if (grantId !== undefined) return { kind: 'used', consent, grantId };
      return { kind: nowMs - issuedMs < CODE_LIFE_MS ? 'fresh' : 'late', consent };
    },
    use: (code, grantId) => {
      const kept = codes.get(code);
      if (kept !== undefined) kept.grantId = grantId;
    },
  };
}
