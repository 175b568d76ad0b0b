import type { World } from '@/lib/cli/verdict/world';

/** Options that every command takes. */
export interface CommonOptions {
  readonly json?: true;
  readonly dryRun?: true;
  readonly quiet?: true;
  /** False with `--no-wait`. */
  readonly wait?: boolean;
  readonly api?: string;
  readonly demo?: true;
}

/** Where `npm run demo` and `npm run sandbox` listen when nothing else is said. */
export const DEMO = {
  KAMELEOON_API_URL: 'http://127.0.0.1:3999',
  KAMELEOON_CLIENT_ID: 'demo-client',
  KAMELEOON_CLIENT_SECRET: 'demo-secret',
} as const;

/**
 * The environment as the connection reads it: `--demo` stands in for all three settings (SANDBOX_PORT moves it), and
 * `--api` for the address, whatever else is set.
 */
export function withOptions(env: World['env'], { api, demo }: CommonOptions): World['env'] {
  const port = env['SANDBOX_PORT']?.trim();
  const ofDemo = port ? { ...DEMO, KAMELEOON_API_URL: `http://127.0.0.1:${port}` } : DEMO;
  return {
    ...env,
    ...(demo && ofDemo),
    ...(api !== undefined && { KAMELEOON_API_URL: api }),
  };
}
