import type { Page } from '@playwright/test';
import { expect, experimentNamed, test } from './test';

/** A browser opens no more than six connections to one address over HTTP/1.1: seven streams would be one too many. */
const TABS = 8;

const connection = (page: Page, words: string) =>
  page.getByRole('banner').or(page.getByRole('main')).getByText(words, { exact: true });

const asOfMs = async (page: Page, id: string): Promise<number> =>
  (await (await page.request.get(`/api/experiments/${id}/analysis`)).json()).reading.freshness
    .asOfMs;

/** The moment up to which the data on a page were counted, as it says: to the second, in UTC. */
const upTo = (ms: number): RegExp =>
  new RegExp(`^Counted up to .*${new Date(ms).toISOString().slice(11, 19)} \\(UTC\\)$`);

const openStreams = async (page: Page): Promise<number> =>
  (await (await page.request.get('/api/health')).json()).viewers.streams;

test.describe('tabs of one browser', () => {
  test('are eight and all live over one stream, and a ninth opens within two seconds', async ({
    page,
    context,
    complaints,
  }) => {
    test.setTimeout(300_000);
    const ids: string[] = [];
    for (const name of ['Quote funnel', 'Trust badges'])
      ids.push((await experimentNamed(page, name)).id);
    const tabs: Page[] = [];
    for (let place = 0; place < TABS; place += 1) {
      const tab = await context.newPage();
      tab.on('pageerror', (error) => complaints.push(String(error)));
      tab.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      await tab.goto(`/experiments/${ids[place % ids.length]}`, { timeout: 10_000 });
      tabs.push(tab);
    }
    for (const tab of tabs) await expect(connection(tab, 'Live')).toBeVisible();
    expect(await openStreams(page)).toBe(1);

    const before = await Promise.all(ids.map((id) => asOfMs(page, id)));
    // Committed: the server's answer has begun to arrive. Without a free connection it never would.
    await page.goto('/', { timeout: 2_000, waitUntil: 'commit' });
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();

    expect(await openStreams(page)).toBe(1);
    // The list watches everything: with it open each single one is read more rarely.
    await page.goto('about:blank');

    // Each of them hears of a new reading, and none was reloaded for it.
    for (const [place, id] of ids.entries()) {
      let newMs = 0;
      await expect
        .poll(async () => (newMs = await asOfMs(page, id)), { timeout: 120_000 })
        .toBeGreaterThan(before[place]!);
      for (const tab of tabs.filter((_, number) => number % ids.length === place))
        await expect(tab.getByTitle(upTo(newMs)).first()).toBeVisible({ timeout: 10_000 });
    }
    expect(await openStreams(page)).toBe(1);

    for (const tab of tabs.slice(1)) await tab.close();
    const left = tabs[0]!;
    await left.waitForTimeout(6_000);
    await expect(connection(left, 'Live')).toBeVisible();
    expect(await openStreams(page)).toBe(1);
    await left.goto('about:blank');
    await expect.poll(() => openStreams(page), { timeout: 10_000 }).toBe(0);
  });

  test('that is hidden lets the stream go, and is live again when it is seen', async ({ page }) => {
    const { id } = await experimentNamed(page, 'Quote funnel');
    await page.goto(`/experiments/${id}`);
    await expect(connection(page, 'Live')).toBeVisible();
    const show = (state: 'hidden' | 'visible') =>
      page.evaluate((value) => {
        Object.defineProperty(document, 'visibilityState', { value, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, state);
    await show('hidden');
    await expect(connection(page, 'Paused while hidden')).toBeVisible({ timeout: 10_000 });
    await expect.poll(() => openStreams(page), { timeout: 10_000 }).toBe(0);
    await show('visible');
    await expect(connection(page, 'Live')).toBeVisible();
    expect(await openStreams(page)).toBe(1);
  });

  test('keep one stream while one goes from the list to an experiment, elsewhere and back', async ({
    page,
  }) => {
    await experimentNamed(page, 'Quote funnel');
    await page.goto('/');
    await expect(connection(page, 'Live')).toBeVisible();
    await page.getByRole('link', { name: 'Quote funnel' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Quote funnel/);
    await expect(connection(page, 'Live')).toBeVisible();
    await expect.poll(() => openStreams(page)).toBe(1);
    // Another document: the page is put aside, or thrown away, with its way to the worker.
    await page.goto('/api/health');
    await expect.poll(() => openStreams(page), { timeout: 10_000 }).toBe(0);
    await page.goBack();
    await expect(connection(page, 'Live')).toBeVisible();
    expect(await openStreams(page)).toBe(1);
  });

  const WITHOUT = {
    'has no shared workers': () => Reflect.deleteProperty(window, 'SharedWorker'),
    'forbids them, as in a frame whose storage is blocked': () => {
      window.SharedWorker = class {
        constructor() {
          throw new DOMException('Storage is blocked here.', 'SecurityError');
        }
      } as unknown as typeof SharedWorker;
    },
    'cannot load their script': () => {
      const Real = window.SharedWorker;
      window.SharedWorker = class extends Real {
        constructor() {
          super('/no-such-script.js');
        }
      };
    },
  };
  for (const [how, prepare] of Object.entries(WITHOUT))
    test(`are live with a stream each where the browser ${how}`, async ({ page, complaints }) => {
      const { id } = await experimentNamed(page, 'Quote funnel');
      await page.addInitScript(prepare);
      await page.goto(`/experiments/${id}`);
      await expect(connection(page, 'Live')).toBeVisible({ timeout: 20_000 });
      expect(await openStreams(page)).toBe(1);
      // Chromium itself reports the script that we made it miss.
      complaints.splice(0, complaints.length, ...complaints.filter((text) => !/404/.test(text)));
    });
});
