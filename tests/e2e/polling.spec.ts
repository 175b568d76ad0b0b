import type { Page } from '@playwright/test';
import { openDoor, type Door } from './door';
import { expect, experimentNamed, test } from './test';

let door: Door;

test.beforeEach(async ({ baseURL }) => {
  door = await openDoor(baseURL!);
  door.holdStreams(true);
});
test.afterEach(() => door.close());

const HELD = 'Live updates are held back on the way here. Asking every 30 s.';

const polls = (): number => door.asked.filter((path) => path.endsWith('/analysis')).length;

/** Lets the page's own clock run on: in small steps, for answers come in the time of the world. */
async function pass(page: Page, seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 1) {
    await page.clock.runFor(1_000);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

test('behind a proxy that holds streams back, a page says so and asks instead', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const { id } = await experimentNamed(page, 'Quote funnel');
  await page.goto(`${door.url}/experiments/${id}`);
  // Two attempts of ten seconds, in the worker that tabs share and whose clock is the world's.
  await expect(page.getByText(HELD)).toBeVisible({ timeout: 40_000 });
  await expect.poll(polls, { timeout: 10_000 }).toBe(1);
  await expect(page.getByRole('heading', { level: 2, name: 'Short form wins' })).toBeVisible();
  expect(door.streams()).toHaveLength(2);
});

/** Without a shared worker the stream is the page's own, and so is its clock: minutes pass in seconds. */
test('asks every thirty seconds, not while hidden, and is live again when streams get through', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const { id } = await experimentNamed(page, 'Quote funnel');
  await page.addInitScript(() => Reflect.deleteProperty(window, 'SharedWorker'));
  await page.clock.install();
  await page.goto(`${door.url}/experiments/${id}`);
  await expect(page.getByText('Connecting', { exact: true })).toBeVisible();
  await pass(page, 30);
  await expect(page.getByText(HELD)).toBeVisible();
  expect(polls()).toBe(1);

  // Thirty to thirty-six seconds apart: five or six in three minutes.
  await pass(page, 180);
  expect(polls()).toBeGreaterThanOrEqual(6);
  expect(polls()).toBeLessThanOrEqual(7);
  expect(door.streams()).toHaveLength(2);

  const show = (state: 'hidden' | 'visible') =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'visibilityState', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await show('hidden');
  await pass(page, 4);
  const before = polls();
  await pass(page, 120);
  expect(polls()).toBe(before);

  door.holdStreams(false);
  await show('visible');
  await pass(page, 2);
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  expect(door.openStreams()).toBe(1);
  const after = polls();
  await pass(page, 40);
  expect(polls()).toBe(after);
});
