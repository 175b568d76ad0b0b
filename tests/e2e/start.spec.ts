import { startApp } from './start-app';
import { expect, test } from './test';

const SECRETS = { KAMELEOON_CLIENT_ID: 'demo-client', KAMELEOON_CLIENT_SECRET: 'demo-secret' };

test.describe('starting', () => {
  test('lists every fault of the environment with its fix, and exits with 1', async () => {
    const { code, output } = await startApp({ PORT: 'x', LOG_LEVEL: 'loud' });
    expect(code).toBe(1);
    for (const name of ['KAMELEOON_CLIENT_ID', 'KAMELEOON_CLIENT_SECRET', 'PORT', 'LOG_LEVEL'])
      expect(output).toContain(name);
    expect(output).not.toMatch(/\n\s+at /);
  });

  test('refuses plain HTTP in one line', async () => {
    const { code, output } = await startApp({
      ...SECRETS,
      KAMELEOON_API_URL: 'http://api.kameleoon.com',
    });
    expect(code).toBe(1);
    expect(output.split('\n').filter((line) => line.includes('KAMELEOON_API_URL'))).toHaveLength(1);
    expect(output).toContain('https://api.kameleoon.com');
  });

  test('refuses a path that its build was not made for, in one line', async () => {
    const { code, output } = await startApp({ ...SECRETS, BASE_PATH: '/elsewhere' });
    expect(code).toBe(1);
    expect(output).toBe(
      'Verdict cannot start: it is built for the root, and BASE_PATH says /elsewhere. Run: npm run build\n',
    );
  });

  test('says in one line that its port is taken', async ({ baseURL }) => {
    const { code, output } = await startApp({ ...SECRETS, PORT: new URL(baseURL ?? '').port });
    expect(code).toBe(1);
    expect(output).toContain('is taken');
    expect(output).not.toMatch(/\n\s+at /);
  });

  test('says in words on the page that the secret is wrong, and leaves with 0 when asked', async ({
    page,
  }, info) => {
    test.setTimeout(120_000);
    const running = await startApp(
      {
        ...SECRETS,
        KAMELEOON_CLIENT_SECRET: 'canary-of-a-secret',
        KAMELEOON_API_URL: info.config.metadata['sandbox'] as string,
      },
      'Verdict is ready',
    );
    const app = 'http://127.0.0.1:3229';
    await expect
      .poll(
        async () => {
          const health = await page.request.get(`${app}/api/health`);
          const { upstream } = await health.json();
          return `${upstream.state}: ${upstream.problem?.detail}`;
        },
        // A first try that never got through is repeated within a minute.
        { timeout: 70_000 },
      )
      .toMatch(/^refused: the API refused the client credentials/);
    await page.goto(app);
    await expect(page.getByText('Kameleoon refused the credentials.').first()).toBeVisible();
    expect(running.output).not.toContain('canary');
    expect(await running.stop()).toBe(0);
  });
});
