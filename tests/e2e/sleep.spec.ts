import { openDoor, type Door } from './door';
import { expect, experimentNamed, test } from './test';

let door: Door;

test.beforeEach(async ({ baseURL }) => {
  door = await openDoor(baseURL!);
});
test.afterEach(() => door.close());

/** What Chromium itself reports of a network that is not there. */
const isNetwork = (text: string): boolean => /net::ERR_|Failed to load resource/.test(text);

/**
 * The freeze of a few seconds stands for the ten minutes: the browser stops the page's timers and its network alike,
 * however long. What ten minutes do to clocks, leases and ages is in the unit tests of `lib/client/live`.
 */
test('a tab frozen and offline, then back, is fresh within ten seconds over one stream', async ({
  page,
  context,
  complaints,
}) => {
  const { id } = await experimentNamed(page, 'Quote funnel');
  await page.addInitScript(() => {
    for (const name of ['freeze', 'resume'])
      document.addEventListener(name, () => {
        document.documentElement.dataset['life'] =
          `${document.documentElement.dataset['life'] ?? ''} ${name}`;
      });
  });
  await page.goto(`${door.url}/experiments/${id}`);
  const live = page.getByText('Live', { exact: true });
  await expect(live).toBeVisible();
  expect(door.streams()).toHaveLength(1);
  // Whatever has to do with data from now on.
  const askedBefore = door.asked.length;

  const browser = await context.newCDPSession(page);
  await context.setOffline(true);
  door.cut();
  await browser.send('Page.setWebLifecycleState', { state: 'frozen' });
  await new Promise((resolve) => setTimeout(resolve, 8_000));
  door.mend();
  await context.setOffline(false);
  await browser.send('Page.setWebLifecycleState', { state: 'active' });

  await expect(live).toBeVisible({ timeout: 10_000 });
  await expect(page.locator('html')).toHaveAttribute('data-life', / freeze resume$/);
  // Nothing comes a second time when all the signs of a return have come.
  await page.waitForTimeout(3_000);
  const since = door.asked.slice(askedBefore).filter((path) => path.startsWith('/api/'));
  expect(since).toEqual([door.streams()[0]]);
  expect(door.openStreams()).toBe(1);
  const health = await (await page.request.get('/api/health')).json();
  expect(health.viewers.streams).toBe(1);
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !isNetwork(text)));
});

test('a page whose server is gone keeps its picture, tells its age and since when, and comes back by itself', async ({
  page,
  complaints,
}) => {
  test.setTimeout(120_000);
  const { id } = await experimentNamed(page, 'Quote funnel');
  await page.goto(`${door.url}/experiments/${id}`);
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  const band = page.getByRole('heading', { level: 2, name: 'Short form wins' });
  const figures = await page.getByRole('region', { name: /Short form wins/ }).textContent();

  door.cut();
  await expect(page.getByText(/^Dashboard not reached since \d\d:\d\d$/)).toBeVisible({
    timeout: 40_000,
  });
  await expect(band).toBeVisible();
  expect(await page.getByRole('region', { name: /Short form wins/ }).textContent()).toBe(figures);
  await expect(page.getByText(/^Data \d+ (s|min)/)).toBeVisible();
  await expect(page.locator('body')).not.toContainText(/loading|spinner/i);

  door.mend();
  await expect(page.getByText('Live', { exact: true })).toBeVisible({ timeout: 20_000 });
  expect(door.openStreams()).toBe(1);
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !isNetwork(text)));
});
