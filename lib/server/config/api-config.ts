import 'server-only';
import { apiAddress } from '@/lib/server/config/api-address';
import type { OutboundSettings } from '@/lib/server/config/outbound-settings';
import { readOutbound } from '@/lib/server/config/outbound-settings';
import type { ConfigFault, Environment } from '@/lib/server/config/config-fault';

/** What it takes to ask the API, and nothing of the pages. */
export interface ApiConfig {
  readonly kameleoon: {
    readonly baseUrl: string;
    readonly clientId: string;
    readonly clientSecret: string;
  };
  readonly outbound: OutboundSettings;
}

export type ReadApiConfig =
  | { readonly ok: true; readonly config: ApiConfig }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

/** Reads the part of the environment that a command in a shell needs, all faults at once; as `readConfig`. */
export function readApiConfig(env: Environment, startedWith: Environment = env): ReadApiConfig {
  const faults: ConfigFault[] = [];
  const text = (name: string): string | undefined => env[name]?.trim() || undefined;
  const fault = (variable: string, what: string, fix: string): undefined => {
    faults.push({ variable, fault: what, fix });
    return undefined;
  };
  const secret = (name: string, where: string): string =>
    text(name) ?? fault(name, 'is not set', `set it to ${where}`) ?? '';

  const clientId = secret('KAMELEOON_CLIENT_ID', 'the client id of your Kameleoon API credentials');
  const clientSecret = secret('KAMELEOON_CLIENT_SECRET', 'the client secret that belongs to it');

  const address = apiAddress(text('KAMELEOON_API_URL') ?? DEFAULT_ADDRESS);
  if (!address.ok) fault('KAMELEOON_API_URL', address.fault, address.fix);
  const outbound = readOutbound(
    { text, apiUrl: address.ok ? address.url : DEFAULT_ADDRESS, startedWith },
    fault,
  );

  if (faults.length > 0 || !address.ok) return { ok: false, faults };
  return {
    ok: true,
    config: Object.freeze({
      kameleoon: Object.freeze({ baseUrl: address.url, clientId, clientSecret }),
      outbound: Object.freeze(outbound),
    }),
  };
}

const DEFAULT_ADDRESS = 'https://api.kameleoon.com';
