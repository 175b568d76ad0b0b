import { MINUTE_MS } from '@/lib/sandbox/clock';
import type { Challenge } from './pkce';
import { createSecret } from './secret';

const PENDING_MS = 30 * MINUTE_MS;

/** An authorization request that waits for somebody's decision. */
export interface AuthorizationRequest {
  readonly clientId: string;
  readonly clientName: string;
  readonly redirectUri: string;
  /** Given back as it came; undefined when there was none. */
  readonly state: string | undefined;
  readonly challenge: Challenge | undefined;
}

/** The form carries an id alone: what was asked for stays here, where no other page can put words into it. */
export interface PendingRequests {
  add(request: AuthorizationRequest, nowMs: number): string;
  /** Each once; undefined when unknown, decided already or too old. */
  take(id: string, nowMs: number): AuthorizationRequest | undefined;
}

export function createPendingRequests(): PendingRequests {
  const pending = new Map<
    string,
    { readonly request: AuthorizationRequest; readonly endMs: number }
  >();
  return {
    add: (request, nowMs) => {
      for (const [id, { endMs }] of pending) if (endMs <= nowMs) pending.delete(id);
      const id = createSecret();
      pending.set(id, { request, endMs: nowMs + PENDING_MS });
      return id;
    },
    take: (id, nowMs) => {
      const found = pending.get(id);
      pending.delete(id);
      return found !== undefined && nowMs < found.endMs ? found.request : undefined;
    },
  };
}
