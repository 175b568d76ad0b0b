import type { Page } from '@playwright/test';
import { expect, experimentNamed, findBarriers, test } from './test';

const AT_REST = 'Payment page without the menu';
const slider = (page: Page) => page.getByRole('slider', { name: 'Moment shown', exact: true });

async function momentsOf(page: Page, id: string): Promise<{ atMs: number }[]> {
  return (await (await page.request.get(`/api/experiments/${id}/looks`)).json()).moments;
}

test.describe('the time machine', () => {
  test('moves through kept looks by keyboard, into the address and back to now', async ({
    page,
  }) => {
    const { id } = await experimentNamed(page, AT_REST);
    await page.goto(`/experiments/${id}`);
    await page.getByRole('button', { name: 'Look back' }).press('Enter');
    await expect(slider(page)).toHaveAttribute('aria-valuetext', 'Now');
    await slider(page).focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await expect(page).toHaveURL(/[?&]at=\d+/);
    await expect(page.getByRole('heading', { name: /^As it was on / })).toBeVisible();
    await expect(slider(page)).toBeFocused();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Back to now' }).press('Enter');
    await expect(page).not.toHaveURL(/at=/);
    await page.goBack();
    await expect(page.getByRole('heading', { name: /^As it was on / })).toBeVisible();
    await page.goForward();
    await expect(page.getByRole('heading', { name: /^As it was on / })).toHaveCount(0);
  });

  test('shows the same by a shared link, built by the server, and nothing of later', async ({
    page,
  }) => {
    const { id } = await experimentNamed(page, 'Quote funnel');
    const moments = await momentsOf(page, id);
    const atMs = moments[1]!.atMs;
    const past = await (
      await page.request.get(`/api/experiments/${id}/analysis?at=${atMs}`)
    ).json();
    expect(past.reading.freshness.asOfMs).toBe(atMs);
    for (const call of past.reading.analysis.calls)
      for (const event of call.events) expect(event.atMs).toBeLessThanOrEqual(atMs);
    const curve = await (await page.request.get(`/api/experiments/${id}/curve?at=${atMs}`)).json();
    expect(curve.points.at(-1).atMs).toBe(atMs);

    const html = await (await page.request.get(`/experiments/${id}?at=${atMs}`)).text();
    expect(html).toContain('As it was on');
    await page.goto(`/experiments/${id}?at=${atMs}`);
    const people = past.reading.analysis.arms[0].visitors.toLocaleString('en-GB');
    const table = page.getByRole('region', { name: 'Variations', exact: true });
    await expect(table).toContainText(people);
    await page.reload();
    await expect(table).toContainText(people);
    await expect(page.getByText(/Live goes on/)).toBeVisible();
  });

  test('is opened from each entry of the log of calls', async ({ page }) => {
    const { id } = await experimentNamed(page, 'Quote funnel');
    await page.goto(`/experiments/${id}`);
    const log = page.getByRole('region', { name: 'Calls so far' });
    await log.getByRole('button', { name: 'Show the record' }).click();
    await log
      .getByRole('link', { name: /^See the page at that moment/ })
      .last()
      .press('Enter');
    await expect(page).toHaveURL(/at=\d+/);
    await expect(page.getByRole('heading', { name: /^As it was on / })).toBeVisible();
    await expect(page.getByRole('heading', { level: 2, name: 'Short form wins' })).toBeVisible();
  });

  test('refuses what is no moment, what lies before the first look, and streams', async ({
    page,
  }) => {
    const { id } = await experimentNamed(page, AT_REST);
    const field = async (path: string) =>
      (await (await page.request.get(path)).json()).error?.field;
    expect(await field(`/api/experiments/${id}/analysis?at=yesterday`)).toBe('at');
    expect(await field(`/api/experiments/${id}/analysis?at=1`)).toBe('at');
    expect(await field(`/api/live?q=${id};at=1779099600000`)).toBe('q');
  });
});
