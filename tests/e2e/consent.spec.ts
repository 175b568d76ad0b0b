import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { createOrigin, saveOrigin } from '@/lib/sandbox/origin-file';
import { startSandbox, type RunningSandbox } from '@/lib/sandbox/start';
import { expect, findBarriers, test } from './test';

const NAME = 'Results <img src=x onerror=alert(1)> & "more"';
const BASIC = `Basic ${Buffer.from('partner-client:partner-secret').toString('base64')}`;

let sandbox: RunningSandbox;
let application: Server;
let redirect = '';
let dataDir = '';

test.beforeAll(async () => {
  application = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<!doctype html><link rel="icon" href="data:,"><title>App</title><h1>Back</h1>');
  });
  await new Promise<void>((resolve) => application.listen(0, '127.0.0.1', resolve));
  redirect = `http://127.0.0.1:${(application.address() as AddressInfo).port}/callback`;
  dataDir = mkdtempSync(join(tmpdir(), 'consent-'));
  saveOrigin(dataDir, createOrigin(Date.now(), 1, 5));
  sandbox = await startSandbox({ port: 0, dataDir, redirects: [redirect], partnerName: NAME });
});
test.afterAll(async () => {
  await sandbox.close();
  application.closeAllConnections();
  await new Promise((resolve) => application.close(resolve));
  rmSync(dataDir, { recursive: true, force: true });
});

const toAddress = (): string =>
  `${sandbox.url}/oauth/authorize?${new URLSearchParams({
    client_id: 'partner-client',
    redirect_uri: redirect,
    response_type: 'code',
    state: 'from-the-app',
  })}`;

/** What the application was told. */
async function toAnswer(page: Page): Promise<URLSearchParams> {
  await expect(page.getByRole('heading', { name: 'Back' })).toBeVisible();
  return new URL(page.url()).searchParams;
}

/** The application's side: who is it that a code stands for? */
async function exchange(page: Page, code: string): Promise<{ firstName: string }> {
  const answer = await page.request.post(`${sandbox.url}/oauth/token`, {
    headers: { authorization: BASIC },
    form: { grant_type: 'authorization_code', code, redirect_uri: redirect },
  });
  expect(answer.status()).toBe(200);
  const { access_token } = (await answer.json()) as { access_token: string };
  const accounts = await page.request.get(`${sandbox.url}/accounts`, {
    headers: { authorization: `Bearer ${access_token}` },
  });
  const [first] = (await accounts.json()) as { firstName: string }[];
  return first!;
}

test('somebody with a keyboard alone chooses an account and accepts, and the application gets a code', async ({
  page,
}) => {
  await page.goto(toAddress());
  await page.keyboard.press('Tab');
  await expect(page.getByRole('radio', { name: 'Camille Laurent' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  const chosen = page.getByRole('radio', { name: 'Noé Lambert' });
  await expect(chosen).toBeChecked();
  await expect(chosen).toHaveAccessibleDescription(/create and change.*Insurance FR/);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Accept' })).toBeFocused();
  await page.keyboard.press('Enter');
  const answer = await toAnswer(page);
  expect(answer.get('state')).toBe('from-the-app');
  expect(await exchange(page, answer.get('code')!)).toMatchObject({ firstName: 'Noé' });
});

test('somebody refuses, and the application is told so', async ({ page }) => {
  await page.goto(toAddress());
  await page.getByRole('button', { name: 'Refuse' }).click();
  const answer = await toAnswer(page);
  expect(Object.fromEntries(answer)).toMatchObject({
    error: 'access_denied',
    state: 'from-the-app',
  });
  expect(answer.has('code')).toBe(false);
});

test('somebody goes back and decides again: another code, and the first one stays good', async ({
  page,
}) => {
  await page.goto(toAddress());
  await page.getByRole('button', { name: 'Accept' }).click();
  const first = (await toAnswer(page)).get('code')!;
  await page.goBack();
  await page.getByText('明 渡辺').click();
  await page.getByRole('button', { name: 'Accept' }).click();
  const second = (await toAnswer(page)).get('code')!;
  expect(second).not.toBe(first);
  expect(await exchange(page, first)).toMatchObject({ firstName: 'Camille' });
  expect(await exchange(page, second)).toMatchObject({ firstName: '明' });
});

test('names that would be markup are text', async ({ page }) => {
  await page.goto(toAddress());
  await expect(page.getByRole('heading', { level: 1 })).toContainText(NAME);
  await expect(page.getByText("Ines D'Amico <shop & stock>")).toBeVisible();
  await expect(page.locator('img, script')).toHaveCount(0);
  await expect(page).toHaveTitle(`Allow “${NAME}” to use your account?`);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the page is without barriers and fits a phone (${colorScheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(toAddress());
    expect(await findBarriers(page)).toEqual([]);
    const widths = (await page.evaluate(
      '[document.documentElement.scrollWidth, innerWidth]',
    )) as number[];
    expect(widths[0]).toBeLessThanOrEqual(widths[1]!);
    await page.screenshot({
      path: test.info().outputPath(`consent-${colorScheme}.png`),
      fullPage: true,
    });
  });
}

test('a request that cannot be trusted is a page that leads nowhere', async ({
  page,
  complaints,
}) => {
  const answer = await page.goto(toAddress().replace('callback', 'elsewhere'));
  expect(answer!.status()).toBe(400);
  expect(await findBarriers(page)).toEqual([]);
  await expect(page.getByRole('heading')).toHaveText('This request cannot be answered');
  await expect(page.locator('form, a')).toHaveCount(0);
  // The browser itself names the status on its console.
  expect(complaints.splice(0)).toHaveLength(1);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });
  test('everything works', async ({ page }) => {
    await page.goto(toAddress());
    await page.getByText("Ines D'Amico").click();
    await page.getByRole('button', { name: 'Accept' }).click();
    const answer = await toAnswer(page);
    expect(await exchange(page, answer.get('code')!)).toMatchObject({ firstName: 'Ines' });
  });
});
