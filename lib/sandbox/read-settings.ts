import { createClients } from './api/oauth/clients';
import { DEMO_CREDENTIALS, type StartOptions } from './start';

/** A setting that cannot be meant; the message is one line that names it. */
export class SettingRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SettingRefused';
  }
}

type Env = Readonly<Record<string, string | undefined>>;

/** How to start, from the environment and the flags; every variable is explained in `docs/sandbox.md`. */
export function readSettings(env: Env, flags: readonly string[]): StartOptions {
  const isCount = (n: number): boolean => Number.isInteger(n) && n <= 100_000;
  const active = toNumber(env, 'SANDBOX_ACTIVE', isCount) ?? 0;
  const stopped = toNumber(env, 'SANDBOX_STOPPED', isCount) ?? 0;
  const isSeconds = (n: number): boolean => Number.isInteger(n) && n >= 1 && n <= 1e10;
  const tokenSeconds = toNumber(env, 'SANDBOX_TOKEN_SECONDS', isSeconds);
  const refreshSeconds = toNumber(env, 'SANDBOX_REFRESH_SECONDS', isSeconds);
  const redirects = (env['SANDBOX_REDIRECTS'] ?? '')
    .split(',')
    .flatMap((each) => each.trim() || []);
  const credentials = {
    clientId: env['SANDBOX_CLIENT_ID'] || DEMO_CREDENTIALS.clientId,
    clientSecret: env['SANDBOX_CLIENT_SECRET'] || DEMO_CREDENTIALS.clientSecret,
  };
  if (redirects.length > 0) checkRedirects(redirects);
  return {
    port: toNumber(env, 'SANDBOX_PORT', (n) => Number.isInteger(n) && n < 65_536) ?? 3999,
    speed: toNumber(env, 'SANDBOX_SPEED', (n) => n > 0 && n <= 1000) ?? 1,
    dataDir: env['SANDBOX_DATA_DIR'] || '.demo/sandbox',
    fresh: flags.includes('--fresh'),
    // Nothing said leaves a kept world as large as it is.
    ...(active + stopped > 0 ? { size: { active, stopped } } : {}),
    ...(env['SANDBOX_STATE'] ? { stateFile: env['SANDBOX_STATE'] } : {}),
    credentials,
    ...(redirects.length > 0 ? { redirects } : {}),
    ...(tokenSeconds === undefined ? {} : { tokenLifeMs: tokenSeconds * 1000 }),
    ...(refreshSeconds === undefined ? {} : { refreshLifeMs: refreshSeconds * 1000 }),
    refreshRotation: toSwitch(env, 'SANDBOX_ROTATION', 'on', 'off', true),
    tls: toSwitch(env, 'SANDBOX_TLS', '1', '0', false),
    rateKey: toSwitch(env, 'SANDBOX_RATE_KEY', 'token', 'credential', false)
      ? 'token'
      : 'credential',
  };
}

function checkRedirects(redirects: readonly string[]): void {
  try {
    createClients({ credentials: DEMO_CREDENTIALS, redirects });
  } catch (error) {
    throw new SettingRefused(`SANDBOX_REDIRECTS: ${(error as Error).message}`);
  }
}

function toNumber(env: Env, name: string, isFit: (value: number) => boolean): number | undefined {
  const text = env[name];
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  if (!isFit(value) || value < 0)
    throw new SettingRefused(`${name}=${text} is not a number that fits.`);
  return value;
}

function toSwitch(env: Env, name: string, on: string, off: string, otherwise: boolean): boolean {
  const text = env[name];
  if (text === undefined || text === '') return otherwise;
  if (text === on) return true;
  if (text === off) return false;
  throw new SettingRefused(`${name}=${text} is neither ${on} nor ${off}.`);
}
