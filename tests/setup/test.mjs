/** `npm test`: installs what it needs, a browser and fonts included, and proves everything. */
import { build, install, nodeFault } from '../../lib/process/prepare.mjs';
import { conclude, prepareTypes, runStep, STEPS } from './steps.mjs';

const say = (line) => process.stdout.write(`${line}\n`);

const wrongNode = nodeFault();
if (wrongNode) throw new Error(wrongNode);
await install(say);
await prepareTypes();
const outcomes = [];
for (const step of [STEPS.format, STEPS.lint, STEPS.types, STEPS.unit])
  outcomes.push(await runStep(step));

try {
  const { provideBrowser } = await import('./browser.mjs');
  const browser = provideBrowser(say);
  await build(say);
  outcomes.push(
    await runStep({ ...STEPS.browser, env: { ...STEPS.browser.env, CHROMIUM_PATH: browser } }),
  );
} catch (error) {
  say(`✗ browser: ${error instanceof Error ? error.message : error}`);
  outcomes.push({ name: 'browser', passed: 0, failed: 1, seconds: 0 });
}
process.exitCode = conclude(outcomes) ? 0 : 1;
