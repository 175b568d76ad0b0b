import type { Browser } from '@playwright/test';
import { expect, test, whenAllRead } from './test';

/** All that an experiment's page says to somebody who lives in `zone`, once its scripts run. */
async function readIn(browser: Browser, zone: string, address: string): Promise<string> {
  const context = await browser.newContext({ timezoneId: zone });
  const page = await context.newPage();
  await page.goto(address);
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  const shown = await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  expect(shown).toBe(zone);
  const text = await page.locator('main').innerText();
  await context.close();
  return text;
}

test('days, axes and tables read the same wherever the reader lives', async ({
  page,
  browser,
  baseURL,
}) => {
  const stopped = (await whenAllRead(page)).filter(({ status }) => status === 'stopped');
  expect(stopped.length).toBeGreaterThan(0);
  for (const { id } of stopped.slice(0, 2)) {
    const address = `${baseURL}/experiments/${id}`;
    // Its past is read back while somebody looks: wait until that adds nothing more.
    let inUtc = '';
    await expect
      .poll(
        async () => {
          const before = inUtc;
          inUtc = await readIn(browser, 'UTC', address);
          return inUtc === before;
        },
        { timeout: 90_000, intervals: [5_000] },
      )
      .toBe(true);
    expect(inUtc).toMatch(/Day \d+|\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)/);
    expect(await readIn(browser, 'America/St_Johns', address)).toBe(inUtc);
    expect(await readIn(browser, 'Pacific/Kiritimati', address)).toBe(inUtc);
  }
});
