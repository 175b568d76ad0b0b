/** How news reach a page, from the side of the one stream and from the side of the page. */

/** Why there is no stream although the server may be there. */
export type NoStream =
  /** Something on the way keeps the bytes back. */
  | 'held'
  /** The server takes no more streams for now. */
  | 'full'
  /** Every attempt fails, plain questions are answered. */
  | 'failing';

/** The stream's own state. `sinceMs`: upstream time of the last beat; null when none was heard. */
export type LineState =
  | { readonly state: 'connecting' | 'live' | 'reconnecting' }
  /** Several attempts failed. */
  | { readonly state: 'offline'; readonly sinceMs: number | null }
  /** Attempts are rare from now on; pages had better ask. */
  | {
      readonly state: 'unstreamed';
      readonly why: 'held' | 'full';
      readonly sinceMs: number | null;
    };

/** What a page tells its reader. `sinceMs` is upstream time. */
export type Connection =
  | { readonly state: 'connecting' | 'live' | 'reconnecting' | 'paused' }
  | { readonly state: 'offline'; readonly sinceMs: number }
  | { readonly state: 'polling'; readonly why: NoStream };
