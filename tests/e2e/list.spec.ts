import { expect, findBarriers, test, whenAllRead } from './test';

/** What each experiment's hidden truth deserves, in the words of its row. */
const DESERVED: Readonly<Record<string, RegExp>> = {
  'Quote funnel, second redesign': /^Winner.*Short form beats all the others/,
  'Price shown before the phone number': /^Winner.*Price first beats Original/,
  'One-page claim form': /^Harm.*One page loses.*consider stopping it/,
  'Advisor call-back, where to offer it': /^Several winners/,
  'Trust badges under the quote': /^Inconclusive.*A loss and a gain are both still possible/,
  '自動車保険の見積もり：新しい入力フォーム': /^Winner/,
  'Chat on the claims page': /^Draft.*Not started/,
  'Sign-in page, new illustration': /^No difference.*Within ±1% of Original/,
  'Mortgage simulator with sliders': /^Collecting.*more people until the first interval/,
  'Home page hero, self-optimising': /^No verdict.*split follows the results/,
  'صفحة حساب التوفير باللغة العربية': /^Stopped/,
  'Savings account landing page': /^Paused/,
  'Instant loan for customers': /^Inconclusive/,
  'Basket as a side drawer': /^Blocked.*Traffic split broken/,
  'Free delivery from 39 or from 49': /^Inconclusive.*since the split changed/,
  'Loyalty card teaser': /^Collecting.*No conversions yet/,
  'Three new product pages': /^No verdict.*no original/,
  'Payment page without the menu': /^Stopped.*wins/,
  'Price tag <script>alert(1)</script> in <b>bold</b>': /^Inconclusive.*loses/,
  'Size guide on the product page': /^Collecting.*winner needs 7 full days/,
};

test.describe('the list', () => {
  test.beforeEach(async ({ page }) => {
    await whenAllRead(page);
    await page.goto('/');
  });

  test('gives every experiment the verdict it deserves, or the reason it waits', async ({
    page,
  }) => {
    const rows = page.getByRole('main').getByRole('listitem');
    await expect(rows).toHaveCount(22);
    for (const [name, words] of Object.entries(DESERVED))
      await expect(rows.filter({ hasText: name }), name).toHaveText(words);
  });

  test('puts what needs attention first', async ({ page }) => {
    const groups = page.getByRole('main').getByRole('heading', { level: 2 });
    await expect(groups).toHaveText([/^Act now/, /^Decide/, /^Close/, /^Keep running/, /^At rest/]);
  });

  test('keeps search and filters in the address, shareable and undone by going back', async ({
    page,
  }) => {
    const rows = page.getByRole('main').getByRole('listitem');
    await page.getByRole('combobox', { name: 'Project' }).selectOption({ label: 'Shop BE' });
    await expect(rows).toHaveCount(7);
    await page.getByRole('searchbox').fill('basket');
    await expect(rows.filter({ hasText: 'Basket as a side drawer' })).toBeVisible();
    const shared = page.url();
    await page.goto('/');
    await expect(rows).toHaveCount(22);
    await page.goto(shared);
    await expect(page.getByRole('searchbox')).toHaveValue('basket');
    await expect(rows.filter({ hasText: 'Basket as a side drawer' })).toBeVisible();
    await expect(rows.filter({ hasText: 'Quote funnel' })).toHaveCount(0);
    await page.goBack();
    await expect(rows).toHaveCount(22);
  });

  test('loses no letter, however fast one types', async ({ page }) => {
    await page.getByRole('searchbox').pressSequentially('quote funnel', { delay: 0 });
    await expect(page.getByRole('searchbox')).toHaveValue('quote funnel');
    await expect(page).toHaveURL(/find=quote\+funnel/);
    await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(1);
  });

  test('asks the server once for a word typed fast, and keeps the rows until it answers', async ({
    page,
  }) => {
    const asked: string[] = [];
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/api/experiments?*', async (route) => {
      asked.push(new URL(route.request().url()).searchParams.get('search') ?? '');
      await held;
      await route.continue();
    });
    const rows = page.getByRole('main').getByRole('listitem');
    await page.getByRole('searchbox').pressSequentially('quote funnel', { delay: 20 });
    await expect(page.getByText('Searching')).toBeVisible();
    await expect(rows).toHaveCount(22);
    answer();
    await expect(rows).toHaveCount(1);
    await expect(page.getByRole('searchbox')).toBeFocused();
    expect(asked).toEqual(['quote funnel']);
  });

  test('keeps its rows when a search is not answered, says so, and asks again', async ({
    page,
    complaints,
  }) => {
    await page.route('**/api/experiments?search=*', (route) => route.abort());
    await page.getByRole('searchbox').fill('quote funnel');
    await expect(page.getByText('The list could not be renewed.')).toBeVisible({ timeout: 15_000 });
    await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(22);
    await page.unroute('**/api/experiments?search=*');
    await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(1, { timeout: 15_000 });
    await expect(page.getByText('The list could not be renewed.')).toBeHidden();
    // What the browser itself says of the requests that were cut off.
    complaints.splice(0);
  });

  test('says what to do when nothing matches', async ({ page }) => {
    await page.getByRole('searchbox').fill('no such experiment');
    await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(0);
    await expect(page.getByRole('main')).toContainText(/no experiment/i);
  });

  test('has nothing that axe would mind, also where nothing was found', async ({ page }) => {
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('searchbox').fill('no such experiment');
    await expect(page.getByText('No experiment matches.')).toBeVisible();
    expect(await findBarriers(page)).toEqual([]);
  });

  test('shows markup in names as text', async ({ page }) => {
    await expect(
      page.getByRole('link', { name: 'Price tag <script>alert(1)</script> in <b>bold</b>' }),
    ).toBeVisible();
    expect(await page.locator('main b, main img[src="x"]').count()).toBe(0);
  });

  test('has its verdicts in the HTML, before any script has run', async ({ page }) => {
    const html = await (await page.request.get('/')).text();
    expect(html).toMatch(/Short form<\/bdi> beats all the others/);
    expect(html).toMatch(/\+\d+\.\d%/);
  });
});
