import 'server-only';
import type { ConfigFault, Environment } from '@/lib/server/config/config-fault';
import { readApiConfig } from '@/lib/server/config/api-config';
import type { Automation } from '@/lib/server/kameleoon/create-automation';
import { createAutomation } from '@/lib/server/kameleoon/create-automation';
import type { ConnectionOptions } from '@/lib/server/kameleoon/create-connection';
import { createOutbound } from '@/lib/server/services/outbound-fetch';
import { systemClock } from '@/lib/server/services/system-clock';

export interface OpenAutomation extends Automation {
  /** Of the API, without secrets. */
  readonly baseUrl: string;
  /** Closes the connections, also those under way. */
  close(): Promise<void>;
}

export interface OpenOptions extends Pick<
  ConnectionOptions,
  'onSent' | 'signal' | 'limits' | 'memory'
> {
  /** Goes round the way out; all requests pass it. */
  readonly fetch?: (send: typeof globalThis.fetch) => typeof globalThis.fetch;
}

export type Opened =
  | { readonly ok: true; readonly automation: OpenAutomation }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

/**
 * The API for a process that serves no pages, such as a command in a shell. Without `memory` it begins with empty rate
 * windows; where another process has filled them the API says so (429), which is waited out as always.
 */
export function openAutomation(env: Environment, options: OpenOptions = {}): Opened {
  const read = readApiConfig(env);
  if (!read.ok) return read;
  const { kameleoon, outbound } = read.config;
  const { fetch: wrap = (send) => send, ...more } = options;
  const way = createOutbound(outbound);
  const automation = createAutomation({
    ...kameleoon,
    ...more,
    fetch: wrap(way.fetch),
    clock: systemClock,
  });
  return {
    ok: true,
    automation: { ...automation, baseUrl: kameleoon.baseUrl, close: () => way.close() },
  };
}
