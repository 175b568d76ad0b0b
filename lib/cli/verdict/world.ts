import type { Clock } from '@/lib/core/time/clock';
import type { AutomationApi } from '@/lib/server/kameleoon/api';

/** Everything outside of the commands. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that relative names mean. */
  readonly folder: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether a person looks at it. */
  readonly isOutTerminal: boolean;
  readonly isErrTerminal: boolean;
  readonly clock: Clock;
  /** Ctrl-C. */
  readonly signal: AbortSignal;
  readonly connect: Connect;
}

export interface ConnectOptions {
  /** Goes round what is sent: a rehearsal answers what would write by itself. */
  readonly wrapFetch?: (send: typeof globalThis.fetch) => typeof globalThis.fetch;
  /** Told of each request that goes out. */
  readonly onSent: () => void;
  readonly signal: AbortSignal;
}

/** The way to the API. */
export interface Connection {
  readonly api: AutomationApi;
  /** Address of the API, without secrets. */
  readonly baseUrl: string;
  /** Upstream time, epoch milliseconds. */
  nowMs(): number;
  close(): Promise<void>;
}

export type Connect = (
  env: World['env'],
  options: ConnectOptions,
) =>
  | { readonly ok: true; readonly connection: Connection }
  /** One line each, naming the setting. */
  | { readonly ok: false; readonly faults: readonly string[] };
