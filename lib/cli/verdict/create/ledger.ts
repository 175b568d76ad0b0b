import type { Done } from '@/lib/cli/verdict/fault';

/** What has been carried out so far: what a failure tells, and what its resumption needs to know. */
export interface Ledger {
  readonly done: Done[];
  /** Created and not attached yet. */
  readonly loose: Set<string>;
}
