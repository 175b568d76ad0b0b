import { expect, experimentNamed, findBarriers, test, whenAllRead } from './test';

test.describe('the page on the method', () => {
  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [1440, 390])
      test(`axe finds nothing on it, and it never scrolls sideways: ${colorScheme}, ${width} px`, async ({
        page,
      }) => {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        await page.goto('/method');
        await expect(page.getByRole('heading', { level: 1 })).toHaveText('How a verdict is made');
        expect(await findBarriers(page)).toEqual([]);
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
        ).toBeLessThanOrEqual(0);
      });

  test('has its outline, its formulas and its limits in the HTML, before any script has run', async ({
    page,
  }) => {
    const html = await (await page.request.get('/method')).text();
    for (const title of [
      'What is promised',
      'The life of a call',
      'What simulations found',
      'What is assumed',
      'What is not known',
      'The formulas',
    ])
      expect(html).toContain(title);
    expect(html).toContain('ρ² = ( −2 ln α′ + ln(1 − 2 ln α′) ) / N*');
  });

  test('leads to each of its sections', async ({ page }) => {
    await page.goto('/method');
    const contents = page.getByRole('navigation', { name: 'On this page' }).getByRole('link');
    for (const link of await contents.all()) {
      const target = (await link.getAttribute('href')) ?? '';
      await expect(page.locator(target).getByRole('heading', { level: 2 })).toHaveText(
        await link.innerText(),
      );
    }
  });

  test('is one link away from the list and from every experiment', async ({ page }) => {
    await whenAllRead(page);
    await page.goto('/');
    await page
      .getByRole('contentinfo')
      .getByRole('link', { name: 'How a verdict is made' })
      .click();
    await expect(page).toHaveURL(/\/method$/);
    const { id } = await experimentNamed(page, 'Quote funnel');
    await page.goto(`/experiments/${id}`);
    await page
      .getByRole('contentinfo')
      .getByRole('link', { name: 'How a verdict is made' })
      .click();
    await expect(page).toHaveURL(/\/method$/);
  });
});

test.describe('what explains a verdict', () => {
  test('opens by keyboard: figures in one sentence each, the steps from Kameleoon’s figure, the record', async ({
    page,
  }) => {
    const { id } = await experimentNamed(page, 'Price shown');
    await page.goto(`/experiments/${id}`);
    for (const [show, hide, told] of [
      ['What do these mean?', 'Hide what these mean', 'each counted once'],
      ['Show the steps', 'Hide the steps', 'It answers for this one look.'],
      ['Show the record', 'Hide the record', 'called: wins'],
    ] as const) {
      const text = page.getByRole('main').getByText(told).first();
      await expect(text).toBeHidden();
      await page.getByRole('button', { name: show }).press('Enter');
      await expect(text).toBeVisible();
      await expect(page.getByRole('button', { name: hide })).toHaveAttribute(
        'aria-expanded',
        'true',
      );
    }
    expect(await findBarriers(page)).toEqual([]);
  });
});
