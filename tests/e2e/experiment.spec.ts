import { expect, experimentNamed, test } from './test';

/** The band of each state: who, how much, and what one line says of it. */
const BANDS: readonly (readonly [
  name: string,
  heading: string | RegExp,
  words: readonly RegExp[],
])[] = [
  [
    'Quote funnel',
    'Short form wins',
    [
      /\+\d+\.\d% on Insurance subscription, between \+\d+\.\d% and \+\d+\.\d%\./,
      /holds however often you look/,
    ],
  ],
  [
    'One-page claim form',
    'One page loses',
    [/−\d+\.\d% on Claim sent, between −\d+\.\d% and −\d+\.\d%\./],
  ],
  ['Advisor call-back', /both win/, [/Neither beats the other/]],
  ['Sign-in page', 'No variation matters here', [/Between −\d\.\d% and \+\d\.\d% on Signed in\./]],
  ['Basket as a side drawer', 'No call while the split is broken', [/instead of/]],
  ['Mortgage simulator', 'Too early to show a lift', [/more people until the first interval/]],
  ['Size guide', 'Too early to call', [/A winner needs 7 full days/]],
  ['Trust badges', 'Not decided yet', [/A loss and a gain are both still possible/]],
  ['Home page hero', /No verdict/, [/split follows the results/]],
];

test.describe('an experiment’s page', () => {
  for (const [name, heading, words] of BANDS)
    test(`says of "${name}": ${heading}`, async ({ page }) => {
      const { id } = await experimentNamed(page, name);
      await page.goto(`/experiments/${id}`);
      const band = page.getByRole('region').filter({
        has: page.getByRole('heading', { level: 2, name: heading }),
      });
      await expect(band).toBeVisible();
      for (const word of words) await expect(band).toContainText(word);
    });

  test('never judges an unhealthy experiment', async ({ page }) => {
    const { id } = await experimentNamed(page, 'Basket as a side drawer');
    await page.goto(`/experiments/${id}`);
    await expect(page.getByText('Unhealthy')).toBeVisible();
    await expect(page.getByRole('main')).not.toContainText('Wins');
  });

  test('shows no figure for lift while counts are too few, and no rate where nobody converted', async ({
    page,
  }) => {
    const { id } = await experimentNamed(page, 'Loyalty card teaser');
    await page.goto(`/experiments/${id}`);
    await expect(page.getByRole('main')).toContainText('No conversions yet');
    await expect(page.getByRole('main')).not.toContainText(/NaN|Infinity|undefined|null/);
  });

  test('gives every chart a table with the same rows', async ({ page }) => {
    const { id } = await experimentNamed(page, 'Quote funnel');
    await page.goto(`/experiments/${id}`);
    for (const title of ['Lift over time', 'Conversion rate over time']) {
      const panel = page.getByRole('region', { name: title, exact: true });
      await panel.getByRole('button', { name: 'Show as table' }).click();
      const rows = panel.getByRole('row');
      await expect(rows.last()).toContainText('%');
      expect(await rows.count()).toBeGreaterThan(2);
      await panel.getByRole('button', { name: 'Show as chart' }).click();
      await expect(panel.getByRole('figure')).toBeVisible();
    }
  });

  test('changes dials without asking upstream, and keeps them in the address', async ({
    page,
  }, info) => {
    const { id } = await experimentNamed(page, 'Price shown');
    await page.goto(`/experiments/${id}`);
    await page.getByRole('combobox', { name: 'Certainty' }).selectOption({ label: '99%' });
    await expect(page).toHaveURL(/level=0\.99/);
    await expect(page.getByRole('region', { name: 'Lift over time', exact: true })).toContainText(
      '99%',
    );
    const shared = page.url();
    await page.goto(shared);
    await expect(
      page.getByRole('combobox', { name: 'Certainty' }).locator('option:checked'),
    ).toHaveText('99%');
    const { byStatus } = await (
      await page.request.get(`${info.config.metadata['sandbox']}/__sandbox/requests`)
    ).json();
    expect(byStatus['429'] ?? 0).toBe(0);
    expect(byStatus['400'] ?? 0).toBe(0);
  });

  test('says that an experiment does not exist', async ({ page, complaints }) => {
    const response = await page.goto('/experiments/424242');
    expect(response?.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toContainText(/experiment/i);
    // Chromium itself reports the status of the page we asked for.
    complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes('404')));
  });

  test('has its verdict in the HTML, before any script has run', async ({ page }) => {
    const { id } = await experimentNamed(page, 'Quote funnel');
    const html = await (await page.request.get(`/experiments/${id}`)).text();
    expect(html).toContain('Short form wins');
    expect(html).toContain('Insurance subscription');
  });
});
