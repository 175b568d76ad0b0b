import { expect, test } from './test';

test('an experiment turns to a win while one watches, without a reload', async ({ page }) => {
  test.setTimeout(240_000);
  await page.goto('/');
  const row = page.getByRole('listitem').filter({ hasText: 'Home cover offered after the quote' });
  await expect(row).toContainText('Inconclusive', { timeout: 30_000 });
  await row.getByRole('link', { name: 'Home cover offered after the quote' }).click();

  const band = page.getByRole('region', { name: /Not decided yet|Offer with a price wins/ });
  await expect(band.getByRole('heading', { level: 2 })).toHaveText('Not decided yet');
  const before = await band.boundingBox();
  await page.evaluate(() => Object.assign(window, { stillTheSamePage: true }));

  await expect(band.getByRole('heading', { level: 2 })).toHaveText('Offer with a price wins', {
    timeout: 200_000,
  });
  await expect(band).toContainText(
    /\+\d+\.\d% on Home cover added, between \+\d+\.\d+% and \+\d+\.\d%\./,
  );
  await expect(band).toContainText('This holds however often you look.');
  await expect(page.getByRole('status').filter({ hasText: 'Offer with a price' })).toHaveCount(1);
  expect(await page.evaluate(() => 'stillTheSamePage' in window)).toBe(true);
  // Same slots in every state: the change moves nothing on the page.
  const after = await band.boundingBox();
  expect({ y: after?.y, height: after?.height }).toEqual({ y: before?.y, height: before?.height });
});
