import 'server-only';

import type { Clock } from '@/lib/core/time/clock';

/** So many things forbidden for so long, with nothing allowed in between, are not about those things. */
const FORBIDDEN_THAT_TELL = 2;
const LONG_MS = 20_000;
/** A credential that may indeed see nothing costs one token a minute. */
const EVERY_MS = 60_000;

/**
 * A 403 means a right that is missing, which a new token would not bring. But a token that was revoked may be answered
 * so, too (fact sheet 2.7), and would then be offered in vain until it expires.
 */
export interface TokenDoubt {
  /** The token was good for something. */
  onGood(): void;
  /** Something was forbidden; whether a new token is worth a try. */
  onForbidden(path: string): boolean;
}

export function createTokenDoubt({ clock }: { readonly clock: Clock }): TokenDoubt {
  const forbidden = new Set<string>();
  let sinceMs = 0;
  let lastMs = Number.NEGATIVE_INFINITY;
  return {
    onGood: () => forbidden.clear(),
    onForbidden(path) {
      const nowMs = clock.monotonicMs();
      if (forbidden.size === 0) sinceMs = nowMs;
      forbidden.add(path);
      if (forbidden.size < FORBIDDEN_THAT_TELL || nowMs - sinceMs < LONG_MS) return false;
      if (nowMs - lastMs < EVERY_MS) return false;
      forbidden.clear();
      lastMs = nowMs;
      return true;
    },
  };
}
