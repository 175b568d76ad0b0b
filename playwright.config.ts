import { defineConfig } from '@playwright/test';

/** Ports apart from the demo's own, so that both can run at once. */
const PORT = process.env['E2E_PORT'] ?? '3210';
const SANDBOX_PORT = process.env['E2E_SANDBOX_PORT'] ?? '3219';
const executablePath = process.env['CHROMIUM_PATH'];

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  // One demo serves all tests and its budget is one: they take turns.
  workers: 1,
  timeout: 60_000,
  retries: 0,
  reporter: [['list'], ['json']],
  // The world decides one experiment soon after it began: whoever wants to see it must look first.
  projects: [
    { name: 'decision', testMatch: 'almost-decided.spec.ts' },
    { name: 'pages', testIgnore: ['almost-decided.spec.ts', 'faults.spec.ts'] },
    // What it does to the API is felt for a minute after it.
    { name: 'trouble', testMatch: 'faults.spec.ts' },
  ],
  metadata: { sandbox: `http://127.0.0.1:${SANDBOX_PORT}` },
  use: {
    baseURL: `http://127.0.0.1:${PORT}`,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    // Neither is where days are cut.
    timezoneId: 'America/St_Johns',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: 'node lib/process/demo.mjs --fresh',
    url: `http://127.0.0.1:${PORT}/api/health`,
    timeout: 120_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 6_000 },
    env: { PORT, SANDBOX_PORT, DEMO_DIR: 'test-results/demo', TZ: 'Pacific/Kiritimati' },
    stdout: 'pipe',
  },
});
