import { expect, experimentNamed, findBarriers, test, whenAllRead } from './test';

const PAGES = [
  'list',
  'Quote funnel',
  'One-page claim form',
  'Basket as a side drawer',
  'Loyalty card teaser',
  'Price tag',
];

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [1440, 390])
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({ colorScheme, viewport: { width, height: 900 } });

      for (const name of PAGES)
        test(`axe finds nothing on ${name}`, async ({ page }) => {
          await whenAllRead(page);
          const path =
            name === 'list' ? '/' : `/experiments/${(await experimentNamed(page, name)).id}`;
          await page.goto(path);
          await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
          await page.waitForTimeout(500);
          expect(await findBarriers(page)).toEqual([]);
          // The body never scrolls sideways.
          expect(
            await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
          ).toBeLessThanOrEqual(0);
        });
    });

test('the whole flow works by keyboard', async ({ page }) => {
  await whenAllRead(page);
  await page.goto('/');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.getByRole('searchbox').focus();
  await page.keyboard.type('quote funnel');
  for (let presses = 0; presses < 8; presses += 1) {
    await page.keyboard.press('Tab');
    if (
      await page
        .getByRole('link', { name: 'Quote funnel' })
        .evaluate((link) => link === document.activeElement)
    )
      break;
  }
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Quote funnel, second redesign');

  await page.getByRole('button', { name: '4 checks' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: '4 checks' })).toHaveAttribute(
    'aria-expanded',
    'true',
  );

  const moment = page.getByRole('slider', { name: /Lift over time/ });
  await moment.focus();
  await page.keyboard.press('Home');
  const first = await moment.getAttribute('aria-valuetext');
  await page.keyboard.press('ArrowRight');
  expect(await moment.getAttribute('aria-valuetext')).not.toBe(first);

  await page
    .getByRole('button', { name: /^Redesign 2/ })
    .first()
    .focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Redesign 2/ }).first()).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});

test('pages are served under the final content security policy', async ({ page }) => {
  const response = await page.goto('/');
  const policy = response?.headers()['content-security-policy'] ?? '';
  expect(policy).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic'/);
  expect(policy).not.toContain('unsafe-eval');
  expect(policy).toContain("frame-ancestors 'none'");
  const nonces = await page.evaluate(
    () => [...document.scripts].filter(({ nonce }) => !nonce).length,
  );
  expect(nonces).toBe(0);
});
