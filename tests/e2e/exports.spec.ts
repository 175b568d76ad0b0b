import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { expect, experimentNamed, findBarriers, test } from './test';

const openMenu = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Take away' }).click();
};

async function take(page: Page, name: string): Promise<{ file: string; body: Buffer }> {
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name }).click();
  const download = await coming;
  return { file: download.suggestedFilename(), body: await readFile(await download.path()) };
}

const rowsOf = (body: Buffer): Record<string, string>[] =>
  parse(body, { bom: true, columns: true });

const signed = (text: string | undefined): string => {
  const n = Number(text);
  return `${n < 0 ? '−' : '+'}${Math.abs(n * 100).toFixed(1)}%`;
};

test.describe('what is taken away', () => {
  // What is at rest does not change between a look at the page and one at the file.
  const AT_REST = 'Payment page without the menu';

  test('is the table on screen, to the figure', async ({ page }) => {
    const { id } = await experimentNamed(page, AT_REST);
    await page.goto(`/experiments/${id}`);
    await openMenu(page);
    const { file, body } = await take(page, 'Figures (CSV)');
    expect(file).toMatch(new RegExp(`^verdict-[a-z0-9-]+-${id}-.*-figures\\.csv$`));
    const rows = rowsOf(body);
    const table = page.getByRole('region', { name: 'Variations', exact: true });
    expect(await table.getByRole('row').count()).toBe(rows.length + 1);
    for (const row of rows) {
      const shown = table.getByRole('row').filter({ hasText: row['Variation'] ?? '' });
      const people = Number(row['People']).toLocaleString('en-GB');
      await expect(shown).toContainText(people);
      await expect(shown).toContainText(`${(Number(row['Rate (fraction)']) * 100).toFixed(2)}%`);
      if (row['Lift (fraction)'] !== '')
        await expect(shown).toContainText(signed(row['Lift (fraction)']));
      expect(row['Address']).toBe(page.url());
      expect(row['Method']).toContain('confidence sequence');
    }
  });

  test('says the same as JSON, with the points of the curve', async ({ page }) => {
    const { id } = await experimentNamed(page, AT_REST);
    await page.goto(`/experiments/${id}`);
    await openMenu(page);
    const taken = JSON.parse(String((await take(page, 'Everything (JSON)')).body));
    const curve = rowsOf((await take(page, 'Curve (CSV)')).body);
    expect(taken.experiment.id).toBe(id);
    expect(taken.settings.confidenceLevel).toBe(0.95);
    expect(curve).toHaveLength(taken.curve.length * taken.variations.length);
    const last = taken.curve.at(-1);
    expect(curve.at(-1)?.['Moment (UTC)']).toBe(new Date(last.atMs).toISOString());
    const panel = page.getByRole('region', { name: 'Lift over time', exact: true });
    await page.keyboard.press('Escape');
    await panel.getByRole('button', { name: 'Show as table' }).click();
    await expect(panel.getByRole('row')).toHaveCount(taken.curve.length + 2);
  });

  test('is a picture in light colours, whatever the page has', async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'dark' });
    const { id } = await experimentNamed(page, 'Quote funnel');
    await page.goto(`/experiments/${id}`);
    await openMenu(page);
    const { file, body } = await take(page, 'Picture (PNG)');
    expect(file).toMatch(/\.png$/);
    const picture = await page.evaluate(
      async (url) => {
        const image = new Image();
        image.src = url;
        await image.decode();
        const canvas = document.createElement('canvas');
        canvas.width = image.width;
        canvas.height = image.height;
        const pen = canvas.getContext('2d')!;
        pen.drawImage(image, 0, 0);
        const { data } = pen.getImageData(0, 0, image.width, image.height);
        const colours = new Set<number>();
        for (let at = 0; at < data.length; at += 4)
          colours.add(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0));
        return { width: image.width, corner: [...data.slice(0, 3)], colours: colours.size };
      },
      `data:image/png;base64,${body.toString('base64')}`,
    );
    expect(picture.width).toBe(2400);
    expect(picture.corner).toEqual([255, 255, 255]);
    expect(picture.colours).toBeGreaterThan(50);
  });

  test('names no winner where the data are unhealthy', async ({ page }) => {
    const { id } = await experimentNamed(page, 'Basket as a side drawer');
    await page.goto(`/experiments/${id}`);
    await openMenu(page);
    for (const name of ['Figures (CSV)', 'Curve (CSV)', 'Everything (JSON)']) {
      const { body } = await take(page, name);
      expect(String(body)).not.toMatch(/\bwins?\b|winner|\bloses?\b/i);
    }
  });

  test('is one sentence with interval, method, moment and address', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const { id } = await experimentNamed(page, 'Quote funnel');
    await page.goto(`/experiments/${id}?level=0.9`);
    await openMenu(page);
    await page.getByRole('button', { name: 'Copy as sentence' }).click();
    await expect(page.getByText(/^Copied: /)).toBeVisible();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    expect(text).toMatch(/between \+\d+\.\d% and \+\d+\.\d%/);
    expect(text).toContain('90% certainty over all looks together');
    expect(text).toMatch(/data of \d+ \w+ \d{4}, [\d:]+ \(.+\)/);
    expect(text).toContain(page.url());
  });

  test('opens and closes by keyboard, without barriers, and asks nothing of the server', async ({
    page,
  }) => {
    const { id } = await experimentNamed(page, AT_REST);
    await page.goto(`/experiments/${id}`);
    const opener = page.getByRole('button', { name: 'Take away' });
    await opener.focus();
    await page.keyboard.press('Enter');
    await expect(opener).toHaveAttribute('aria-expanded', 'true');
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: 'Figures (CSV)' })).toBeFocused();
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/api/experiments/')) asked.push(request.url());
    });
    const coming = page.waitForEvent('download');
    await page.keyboard.press('Enter');
    await coming;
    expect(asked).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(opener).toBeFocused();
    await expect(opener).toHaveAttribute('aria-expanded', 'false');
  });

  test('prints light on A4, all panels open, stamped, without controls', async ({ page }) => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const { id } = await experimentNamed(page, 'Quote funnel');
    await page.goto(`/experiments/${id}`);
    await expect(page.getByText('Method: a confidence sequence')).toBeVisible();
    await expect(page.getByText(page.url(), { exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Take away' })).toBeHidden();
    await expect(page.getByRole('combobox')).toHaveCount(0);
    await expect(page.getByText('Short form called: wins')).toBeVisible();
    const canvas = await page.evaluate(() =>
      getComputedStyle(document.documentElement).getPropertyValue('--canvas').trim(),
    );
    expect(canvas).toBe('#f6f7f8');
  });
});
