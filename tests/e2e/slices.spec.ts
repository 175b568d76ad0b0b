import type { Page, TestInfo } from '@playwright/test';
import { expect, experimentNamed, findBarriers, test } from './test';

const panelOf = (page: Page) => page.getByRole('region', { name: 'Look closer', exact: true });

/** Reports that were asked for upstream of that experiment, whoever wanted them. */
async function reportsOf(page: Page, info: TestInfo): Promise<number> {
  const answer = await page.request.get(`${info.config.metadata['sandbox']}/__sandbox/requests`);
  const { byPath } = (await answer.json()) as { byPath: Record<string, number> };
  return byPath['/experiments/{id}/results'] ?? 0;
}

test.describe('a closer look', () => {
  test('is asked for by keyboard, stands in the address, and is undone by going back', async ({
    page,
  }) => {
    const { id } = await experimentNamed(page, 'Quote funnel');
    await page.goto(`/experiments/${id}`);
    const panel = panelOf(page);
    await panel.getByRole('button', { name: 'Open' }).focus();
    await page.keyboard.press('Enter');
    await panel.getByRole('combobox', { name: 'Cut by' }).focus();
    await page.keyboard.press('D');
    await panel.getByRole('button', { name: 'Ask Kameleoon' }).focus();
    await page.keyboard.press('Enter');
    await expect(panel.getByRole('heading', { name: /^Phone/ })).toBeVisible({ timeout: 30_000 });
    await expect(page).toHaveURL(/by=device/);
    await expect(panel).toContainText(/however often you look; a slice still decides nothing/);
    await expect(panel).not.toContainText(/\bwins\b|winner/i);
    await page.goBack();
    await expect(page).not.toHaveURL(/by=device/);
    await expect(panel.getByRole('heading', { name: /^Phone/ })).toHaveCount(0);
    await page.goForward();
    await expect(panel.getByRole('heading', { name: /^Phone/ })).toBeVisible();
  });

  test('opens from a link as it was, and costs nothing for other dials or other people', async ({
    page,
    browser,
  }, info) => {
    const { id } = await experimentNamed(page, 'Quote funnel');
    await page.goto(`/experiments/${id}?by=new-visitors`);
    const panel = panelOf(page);
    await expect(panel.getByRole('heading', { name: /^Returning/ })).toBeVisible({
      timeout: 30_000,
    });
    const rowOf = (where: Page) => panelOf(where).getByRole('listitem').filter({ hasText: 'New' });
    const seen = await rowOf(page).first().innerText();
    let posts = 0;
    page.on('request', (request) => {
      if (request.method() === 'POST') posts += 1;
    });
    await page.getByRole('combobox', { name: 'Certainty' }).selectOption({ label: '99%' });
    await expect(panel).toContainText('at 99% over all');
    await expect(page).toHaveURL(/by=new-visitors/);
    expect(posts).toBe(1);
    const other = await browser.newPage();
    await other.goto(`/experiments/${id}?by=new-visitors`);
    await expect(panelOf(other).getByRole('heading', { name: /^Returning/ })).toBeVisible();
    expect(await rowOf(other).first().innerText()).toBe(seen);
    await other.close();
    expect(await reportsOf(page, info)).toBeGreaterThan(0);
    expect(await findBarriers(page)).toEqual([]);
  });

  test('says what is wrong beside the field and keeps what was typed', async ({ page }) => {
    const { id } = await experimentNamed(page, 'Quote funnel');
    await page.goto(`/experiments/${id}`);
    const panel = panelOf(page);
    await panel.getByRole('button', { name: 'Open' }).click();
    await panel.getByLabel('From', { exact: true }).fill('2026-11-09');
    await panel.getByLabel('To', { exact: true }).fill('2026-11-01');
    await panel.getByRole('button', { name: 'Ask Kameleoon' }).click();
    await expect(panel.getByRole('alert')).toHaveText('“To” must not be before “From”.');
    await expect(panel.getByLabel('From', { exact: true })).toHaveValue('2026-11-09');
    await expect(page).not.toHaveURL(/from=/);
    await panel.getByLabel('To', { exact: true }).fill('');
    await panel.getByLabel('From', { exact: true }).fill('2035-01-01');
    await panel.getByRole('button', { name: 'Ask Kameleoon' }).click();
    await expect(panel.getByRole('alert')).toHaveText(
      'Nothing of the experiment lies within these days.',
    );
  });

  test('can be cancelled, and leaves the earlier picture where it is', async ({ page }) => {
    const { id } = await experimentNamed(page, 'Quote funnel');
    await page.goto(`/experiments/${id}?by=device`);
    const panel = panelOf(page);
    await expect(panel.getByRole('heading', { name: /^Phone/ })).toBeVisible({ timeout: 30_000 });
    await panel.getByRole('combobox', { name: 'Cut by' }).selectOption({ label: 'Browser' });
    await panel.getByRole('button', { name: 'Ask Kameleoon' }).click();
    await panel.getByRole('button', { name: 'Cancel' }).click();
    await expect(panel).toContainText(/Cancelled\./);
    await expect(panel.getByRole('combobox', { name: 'Cut by' })).toHaveValue('browser');
    await panel.getByRole('button', { name: /Ask/ }).click();
    await expect(panel.getByRole('heading', { name: /chrome/i })).toBeVisible({ timeout: 30_000 });
  });
});
