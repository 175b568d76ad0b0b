/** What pages and the owner of their stream tell each other. Plain data, for it may cross from one thread to another. */
import type { LineState } from '@/lib/client/live/connection';
import type { LiveEvent } from '@/lib/core/live/event';

/**
 * Rises with every change of these messages. The address of a worker's script carries the hash of its code already;
 * this also keeps pages and workers apart that were made from different messages and equal code.
 */
export const LINE_VERSION = 1;

export type ToOwner =
  /** Somebody looks at these. Said again and again: whoever falls silent is taken for gone. */
  | { readonly type: 'want'; readonly keys: readonly string[] }
  /** Nobody looks any more. */
  | { readonly type: 'leave' }
  /** After a sleep, a freeze, a time out of sight; or the network came back. */
  | { readonly type: 'wake'; readonly isNetworkNew: boolean };

export type ToPage =
  /** Answers each `want`, so that a dead owner is noticed. */
  | { readonly type: 'here' }
  | { readonly type: 'state'; readonly state: LineState }
  /** `isReplay`: the owner's last values, which may be older than what the page was built with. */
  | {
      readonly type: 'events';
      readonly events: readonly LiveEvent[];
      readonly isReplay: boolean;
    };

/** A page's way to the owner of its stream. */
export interface Link {
  send(message: ToOwner): void;
  /** Leaves. Nothing is heard afterwards. */
  close(): void;
}

/** Neither is called before the link is returned. */
export type OpenLink = (onMessage: (message: ToPage) => void, onBroken: () => void) => Link;
