import 'server-only';
import { resolve } from 'node:path';
import type { ApiConfig } from '@/lib/server/config/api-config';
import { readApiConfig } from '@/lib/server/config/api-config';
import { readBasePath } from '@/lib/server/config/base-path';
import type { ConfigFault, Environment } from '@/lib/server/config/config-fault';
import type { Plans } from '@/lib/server/config/plans-file';
import { readPlans } from '@/lib/server/config/plans-file';

/** Everything the environment decides, read once and frozen. No other file reads `process.env`. */
export interface Config extends ApiConfig {
  /** Where looks and calls are kept (absolute). */
  readonly dataDir: string;
  readonly port: number;
  /** Loopback until there are doors, or all interfaces with ALLOW_ANONYMOUS=1. */
  readonly host: string;
  /** Under which everything is served: '' (the root) or a form such as `/verdict`. Must be the build's. */
  readonly basePath: string;
  /** Whoever shows it may read the figures from another machine; null: nobody may. */
  readonly metricsToken: string | null;
  /** Live streams open at once, in all and of one peer address; `perAddress` 0 is no cap. */
  readonly streams: { readonly total: number; readonly perAddress: number };
  /** What people planned before the first look; applied when that is taken. */
  readonly plans: Plans;
  readonly displayTimeZone: string;
  readonly logLevel: LogLevel;
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type ReadConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

/**
 * Reads and checks the whole environment; all faults come at once. An empty variable counts as unset. `startedWith` is
 * what the process had before `.env` was read.
 */
export function readConfig(env: Environment, startedWith: Environment = env): ReadConfig {
  const faults: ConfigFault[] = [];
  const fault = (variable: string, what: string, fix: string): undefined => {
    faults.push({ variable, fault: what, fix });
    return undefined;
  };
  const text = (name: string): string | undefined => env[name]?.trim() || undefined;

  const api = readApiConfig(env, startedWith);
  if (!api.ok) faults.push(...api.faults);

  const port = wholeNumber(text('PORT'), 3000, 0, 65_535);
  if (port === null) fault('PORT', 'is not a port', 'use a whole number from 0 to 65535');

  const basePath = readBasePath(text('BASE_PATH'));
  if (!basePath.ok) fault('BASE_PATH', basePath.fault, basePath.fix);

  const metricsToken = text('METRICS_TOKEN') ?? null;
  if (metricsToken !== null && !METRICS_TOKEN.test(metricsToken))
    fault(
      'METRICS_TOKEN',
      'is not a token',
      'use 24 to 200 random letters, digits and -._~+/=, such as `openssl rand -hex 24` gives',
    );

  const total = wholeNumber(text('MAX_STREAMS'), 10_000, 1, 1_000_000);
  if (total === null) fault('MAX_STREAMS', 'is not a count', 'use a whole number from 1');
  const perAddress = wholeNumber(text('MAX_STREAMS_PER_ADDRESS'), 500, 0, 1_000_000);
  if (perAddress === null)
    fault('MAX_STREAMS_PER_ADDRESS', 'is not a count', 'use a whole number; 0 is no cap');

  const plans = readPlans(text('PLANS_FILE'), fault);

  const displayTimeZone = text('DISPLAY_TIME_ZONE') ?? 'UTC';
  if (!isTimeZone(displayTimeZone))
    fault('DISPLAY_TIME_ZONE', 'is not a time zone', 'use an IANA name such as Europe/Paris');

  const allowAnonymous = text('ALLOW_ANONYMOUS') ?? '0';
  if (!['0', '1'].includes(allowAnonymous))
    fault('ALLOW_ANONYMOUS', 'is neither 0 nor 1', 'use 1 to listen beyond this machine, else 0');

  const logLevel = (text('LOG_LEVEL') ?? 'info') as LogLevel;
  if (!LOG_LEVELS.includes(logLevel))
    fault('LOG_LEVEL', 'is not a level', `use one of ${LOG_LEVELS.join(', ')}`);

  if (
    faults.length > 0 ||
    !api.ok ||
    !basePath.ok ||
    port === null ||
    total === null ||
    perAddress === null
  )
    return { ok: false, faults };
  return {
    ok: true,
    config: Object.freeze({
      ...api.config,
      dataDir: resolve(/* turbopackIgnore: true */ text('DATA_DIR') ?? '.data'),
      port,
      host: allowAnonymous === '1' ? '0.0.0.0' : '127.0.0.1',
      basePath: basePath.basePath,
      metricsToken,
      streams: Object.freeze({ total, perAddress }),
      plans,
      displayTimeZone,
      logLevel,
    }),
  };
}

/** What a Bearer token may be made of (RFC 6750), long enough not to be guessed. */
const METRICS_TOKEN = /^[A-Za-z0-9\-._~+/]{24,200}=*$/;

function wholeNumber(
  text: string | undefined,
  otherwise: number,
  min: number,
  max: number,
): number | null {
  if (text === undefined) return otherwise;
  const value = Number(text);
  return /^\d+$/.test(text) && value >= min && value <= max ? value : null;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
