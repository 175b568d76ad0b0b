import { expect, experimentNamed, findBarriers, test } from './test';

test.describe('the table of goals', () => {
  test('opens by keyboard, says of the main goal alone what is called, and asks nothing upstream', async ({
    page,
  }) => {
    const { id } = await experimentNamed(page, 'Quote funnel');
    await page.goto(`/experiments/${id}`);
    const panel = page.getByRole('region', { name: 'All goals', exact: true });
    await panel.getByRole('button', { name: /Show all/ }).focus();
    await page.keyboard.press('Enter');
    const rows = panel.getByRole('row');
    await expect(rows.nth(1)).toContainText('Main goal');
    await expect(panel).not.toContainText(/\bwins\b|winner/i);
    await panel
      .getByRole('button', { name: /^Figures of/ })
      .nth(1)
      .focus();
    await page.keyboard.press('Enter');
    await expect(panel).toContainText(/% ?: [\d,]+ of [\d,]+/);
    expect(await findBarriers(page)).toEqual([]);
    await panel.getByRole('link', { name: 'Show this goal on the charts' }).click();
    await expect(page).toHaveURL(/goal=\d+/);
    await expect(
      page.getByRole('heading', { level: 2, name: 'Explored, not judged' }),
    ).toBeVisible();
    await page.goBack();
    await expect(page.getByRole('heading', { level: 2, name: 'Short form wins' })).toBeVisible();
  });

  test('fits a narrow screen without moving the page sideways', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 800 });
    const { id } = await experimentNamed(page, 'Quote funnel');
    await page.goto(`/experiments/${id}`);
    const panel = page.getByRole('region', { name: 'All goals', exact: true });
    await panel.getByRole('button', { name: /Show all/ }).click();
    await panel
      .getByRole('button', { name: /^Figures of/ })
      .first()
      .click();
    const excess = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(excess).toBe(0);
  });
});
