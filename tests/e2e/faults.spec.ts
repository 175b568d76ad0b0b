import type { APIRequestContext } from '@playwright/test';
import { expect, experimentNamed, test } from './test';

/** As the sandbox takes it: faults from now on, in place of all others. */
const setFaults = async (
  request: APIRequestContext,
  sandbox: string,
  faults: readonly object[],
): Promise<void> => {
  const answer = await request.post(`${sandbox}/__sandbox/faults`, {
    data: { faults, replace: true },
  });
  expect(answer.status()).toBe(200);
};

test.describe('an API in trouble', () => {
  test.afterEach(async ({ request }, info) => {
    await request.delete(`${info.config.metadata['sandbox'] as string}/__sandbox/faults`);
  });

  test('leaves the last picture, says since when and why, and is forgotten when it is over', async ({
    page,
    request,
  }, info) => {
    test.setTimeout(420_000);
    const sandbox = info.config.metadata['sandbox'] as string;
    const { id, name } = await experimentNamed(page, 'Quote funnel');
    await page.goto(`/experiments/${id}`);
    await expect(page.getByText(/Data .* old/).first()).toBeVisible();
    const headline = await page.getByRole('heading', { level: 2 }).first().innerText();
    const band = await page.getByRole('heading', { level: 2 }).first().boundingBox();

    await setFaults(request, sandbox, [{ kind: 'down' }]);
    await expect(page.getByText('Kameleoon could not be reached.')).toBeVisible({
      // Pages of other tests were open a moment ago: until they are forgotten, this one shares the pace with them.
      timeout: 180_000,
    });
    await expect(page.getByText(/Not reached since \d\d:\d\d/)).toBeVisible();
    await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText(headline);
    const during = await page.getByRole('heading', { level: 2 }).first().boundingBox();
    expect(during?.height).toBe(band?.height);

    // Who comes now finds the last picture, too.
    await page.reload();
    await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText(headline);
    await expect(page.getByText(name).first()).toBeVisible();

    await setFaults(request, sandbox, []);
    await expect(page.getByText(/Not reached since/)).toBeHidden({ timeout: 120_000 });
    await expect(page.getByText(/Data \d+ s old/).first()).toBeVisible({ timeout: 60_000 });
  });
});
