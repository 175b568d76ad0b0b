import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import { expect, test as base } from '@playwright/test';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Fixtures {
  /** Console errors, page errors and policy reports seen so far; any left at the end fails the test. */
  readonly complaints: string[];
}

/** A page whose console is strict: an unexpected error or policy report fails the test that caused it. */
export const test = base.extend<Fixtures>({
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('dialog', (dialog) => {
        complaints.push(`a dialog opened: ${dialog.message()}`);
        void dialog.dismiss();
      });
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

interface Finding {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** What axe finds on the page as it stands (WCAG 2.2 AA and best practices). Runs outside the page's policy. */
export async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations } = (await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] })',
  )) as { violations: Finding[] };
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`),
  );
}

interface ListedExperiment {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly verdict: { readonly state: string; readonly variationId: string | null } | null;
}

/** The list as our own API tells it. */
export async function listExperiments(page: Page): Promise<ListedExperiment[]> {
  const response = await page.request.get('/api/experiments');
  return ((await response.json()) as { experiments: ListedExperiment[] }).experiments;
}

/** Waits until everything that can be read has been, and answers the list. */
export async function whenAllRead(page: Page): Promise<ListedExperiment[]> {
  await expect
    .poll(
      async () => {
        const body = await (await page.request.get('/api/experiments')).json();
        const { read, total, atRest } = body.progress;
        return total > 0 && read >= total && atRest.read >= atRest.total;
      },
      { timeout: 45_000 },
    )
    .toBe(true);
  return listExperiments(page);
}

/** The experiment whose name begins so. */
export async function experimentNamed(page: Page, start: string): Promise<ListedExperiment> {
  const found = (await whenAllRead(page)).find(({ name }) => name.startsWith(start));
  if (!found) throw new Error(`no experiment's name begins with "${start}"`);
  return found;
}
