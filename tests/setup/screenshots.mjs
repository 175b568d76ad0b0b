/** `npm run screenshots`: every page of a fresh demo, light and dark, at three widths, into screenshots/. To be looked at. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { build, install, ROOT } from '../../lib/process/prepare.mjs';
import { sleep, startDemo, whenAllRead } from '../bench/demo-run.mjs';
import { provideBrowser } from './browser.mjs';

const OUT = join(ROOT, 'screenshots');
/** Long enough for the curves of the pages that are open. */
const SETTLE_MS = 2_000;

const say = (line) => process.stdout.write(`${line}\n`);
await install(say);
await build(say);
mkdirSync(OUT, { recursive: true });
const browser = await chromium.launch({
  executablePath: provideBrowser(say),
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
  ],
});
const demo = await startDemo();
try {
  const { experiments } = await whenAllRead(demo);
  // The past of each curve is bought at leisure; someone who looks makes it come sooner.
  const viewer = await (await browser.newContext()).newPage();
  for (const { id } of experiments) {
    await viewer.goto(`${demo.app}/experiments/${id}`);
    await sleep(8_000);
  }
  await viewer.close();
  const pages = [
    ['list', '/'],
    ['method', '/method'],
    ...experiments.map(({ id }) => [id, `/experiments/${id}`]),
  ];
  for (const colorScheme of ['light', 'dark'])
    for (const width of [1440, 1024, 390]) {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme,
        locale: 'en-GB',
      });
      const page = await context.newPage();
      for (const [name, path] of pages) {
        await page.goto(demo.app + path);
        await sleep(SETTLE_MS);
        await page.screenshot({
          path: join(OUT, `${name}-${colorScheme}-${width}.png`),
          fullPage: true,
        });
      }
      await context.close();
      say(`${colorScheme} ${width}: ${pages.length} pages`);
    }
} finally {
  await demo.stop();
  await browser.close();
}
