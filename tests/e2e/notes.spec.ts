import type { Page } from '@playwright/test';
import { expect, experimentNamed, findBarriers, test } from './test';

const panelOf = (page: Page) =>
  page.getByRole('region', { name: 'Notes and decisions', exact: true });

async function clean(page: Page, id: string): Promise<void> {
  const base = `/api/experiments/${id}`;
  const { notes, decisions } = await (await page.request.get(`${base}/notes`)).json();
  for (const note of notes) await page.request.delete(`${base}/notes/${note.id}`);
  for (const one of decisions) await page.request.delete(`${base}/decisions/${one.id}`);
}

async function open(page: Page): Promise<string> {
  const { id } = await experimentNamed(page, 'Quote funnel');
  await clean(page, id);
  await page.goto(`/experiments/${id}`);
  return id;
}

test.describe('notes and decisions', () => {
  test('are added, changed and removed by keyboard alone, and survive a reload', async ({
    page,
  }) => {
    await open(page);
    const panel = panelOf(page);
    await panel.getByRole('button', { name: 'Add a note' }).focus();
    await page.keyboard.press('Enter');
    await expect(panel.getByRole('textbox', { name: 'Note', exact: true })).toBeFocused();
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.type('Press release went out <script>alert(1)</script>');
    await panel.getByLabel('Your name').focus();
    await page.keyboard.type('Ana');
    await page.keyboard.press('Enter');
    await expect(panel.getByText('Press release went out <script>')).toBeVisible();
    await expect(panel.getByRole('button', { name: 'Add a note' })).toBeFocused();

    await page.reload();
    await expect(panel.getByText('by Ana')).toBeVisible();
    const lift = page.getByRole('region', { name: 'Lift over time', exact: true });
    await expect(lift.getByText('Note').first()).toBeAttached();

    await panel.getByRole('button', { name: /^Edit/ }).press('Enter');
    await expect(panel.getByRole('textbox', { name: 'Note', exact: true })).toBeFocused();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('Campaign began');
    await panel.getByLabel('Your name').press('Enter');
    await expect(panel.getByText('Campaign began')).toBeVisible();
    await expect(panel.getByText(/changed/)).toBeVisible();

    await panel.getByRole('button', { name: /^Remove what/ }).press('Enter');
    await expect(panel.getByRole('button', { name: 'Keep it' })).toBeFocused();
    await panel.getByRole('button', { name: 'Remove for good' }).press('Enter');
    await expect(panel.getByText('Campaign began')).toHaveCount(0);
    await page.reload();
    await expect(panel.getByText('Nothing yet')).toBeVisible();
  });

  test('record who decided what, and why', async ({ page }) => {
    const id = await open(page);
    const panel = panelOf(page);
    await panel.getByRole('button', { name: 'Record a decision' }).press('Enter');
    await panel.getByLabel('What was decided').selectOption('ship');
    await panel.getByLabel('Which variation').selectOption({ label: 'Short form' });
    await panel.getByLabel('Why').fill('It holds, and support agrees.');
    await panel.getByLabel('Who decided').fill('Ana and Ben');
    await panel.getByRole('button', { name: 'Save' }).press('Enter');
    await expect(panel.getByText('Ship Short form')).toBeVisible();
    await expect(panel.getByText('by Ana and Ben')).toBeVisible();
    expect(await findBarriers(page)).toEqual([]);
    await clean(page, id);
  });

  test('keep what was typed when the server does not', async ({ page, complaints }) => {
    await open(page);
    const panel = panelOf(page);
    await panel.getByRole('button', { name: 'Add a note' }).click();
    await panel.getByRole('button', { name: 'Save' }).click();
    await expect(panel.getByText('This must not be empty.')).toBeVisible();
    await expect(panel.getByRole('textbox', { name: 'Note', exact: true })).toBeFocused();
    await panel.getByRole('textbox', { name: 'Note', exact: true }).fill('Long thoughts');
    await panel.getByLabel('Your name').fill('Ana');
    await page.route('**/notes', (route) =>
      route.fulfill({
        status: 400,
        json: {
          error: { code: 'invalid-input', detail: 'is too long', field: 'text', retryable: false },
        },
      }),
    );
    await panel.getByRole('button', { name: 'Save' }).click();
    await expect(panel.getByText('This was not kept: is too long')).toBeVisible();
    await expect(panel.getByRole('textbox', { name: 'Note', exact: true })).toHaveValue(
      'Long thoughts',
    );
    await expect(panel.getByLabel('Your name')).toHaveValue('Ana');
    // Chromium itself reports the status that we gave.
    complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes('400')));
  });

  test('reach another page that is open', async ({ page, context }) => {
    const id = await open(page);
    const other = await context.newPage();
    await other.goto(`/experiments/${id}`);
    await expect(panelOf(other).getByText('Nothing yet')).toBeVisible();
    const panel = panelOf(page);
    await panel.getByRole('button', { name: 'Add a note' }).click();
    await panel.getByRole('textbox', { name: 'Note', exact: true }).fill('Seen everywhere');
    await panel.getByLabel('Your name').fill('Ana');
    await panel.getByRole('button', { name: 'Save' }).click();
    await expect(panelOf(other).getByText('Seen everywhere')).toBeVisible();
    await clean(page, id);
  });

  test('come from pages of this app only, and name the field at fault', async ({ page }) => {
    const { id } = await experimentNamed(page, 'Quote funnel');
    const path = `/api/experiments/${id}/notes`;
    const data = { atMs: 1, text: 'x', author: 'y' };
    for (const headers of [
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
      { Origin: 'http://evil.test' },
    ])
      expect((await page.request.post(path, { data, headers })).status()).toBe(403);
    const long = await page.request.post(path, { data: { ...data, text: 'x'.repeat(501) } });
    expect(long.status()).toBe(400);
    expect((await long.json()).error.field).toBe('text');
    const huge = await page.request.post(path, { data: { ...data, text: 'x'.repeat(20_000) } });
    expect((await huge.json()).error.field).toBe('body');
    const form = await page.request.post(path, { form: { text: 'x' } });
    expect((await form.json()).error.field).toBe('content-type');
    expect((await (await page.request.get(path)).json()).notes).toEqual([]);
  });
});
