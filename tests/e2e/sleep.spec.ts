import type { Browser } from '@playwright/test';
import { openDoor, type Door } from './door';
import { expect, experimentNamed, test } from './test';

let door: Door;

test.beforeEach(async ({ baseURL }) => {
  door = await openDoor(baseURL!);
});
test.afterEach(() => door.close());

/** What Chromium itself reports of a network that is not there. */
const isNetwork = (text: string): boolean => /net::ERR_|Failed to load resource/.test(text);

/** The processes in which the pages of this browser and their workers run. */
async function renderersOf(browser: Browser): Promise<readonly number[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

/**
 * Nine seconds in which the page and its worker do not run at all stand for the ten minutes: no timer, no event, no
 * goodbye, and the connection dies meanwhile. What ten minutes do to clocks, leases and ages, and what a browser tells
 * of a freeze before and after, is in the unit tests of `lib/client/live`.
 */
test('a tab frozen and offline, then back, is fresh within ten seconds over one stream', async ({
  page,
  context,
  browser,
  complaints,
}) => {
  const { id } = await experimentNamed(page, 'Quote funnel');
  await page.goto(`${door.url}/experiments/${id}`);
  const live = page.getByText('Live', { exact: true });
  await expect(live).toBeVisible();
  expect(door.streams()).toHaveLength(1);
  const ticks = await page.evaluateHandle(() => {
    const counted = { n: 0 };
    setInterval(() => (counted.n += 1), 100);
    return counted;
  });
  const renderers = await renderersOf(browser);
  expect(renderers.length).toBeGreaterThan(0);
  const askedBefore = door.asked.length;

  await context.setOffline(true);
  door.cut();
  for (const pid of renderers) process.kill(pid, 'SIGSTOP');
  try {
    await new Promise((resolve) => setTimeout(resolve, 9_000));
    door.mend();
  } finally {
    for (const pid of renderers) process.kill(pid, 'SIGCONT');
  }
  // It did stand still: nine seconds would have been ninety ticks.
  expect(await ticks.evaluate(({ n }) => n)).toBeLessThan(60);
  await context.setOffline(false);

  await expect.poll(() => door.openStreams(), { timeout: 10_000 }).toBe(1);
  await expect(live).toBeVisible({ timeout: 10_000 });
  // Nothing comes a second time when all the signs of a return have come.
  await page.waitForTimeout(6_000);
  // Older points that are read meanwhile make a new curve, which is fetched once each: not a matter of coming back.
  const since = door.asked
    .slice(askedBefore)
    .filter((path) => path.startsWith('/api/') && !path.includes('/curve'));
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
