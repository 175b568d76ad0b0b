/** `npm run verify`: format, lint, types, unit and architecture, in under a minute. */
import { install, nodeFault } from '../../lib/process/prepare.mjs';
import { conclude, prepareTypes, runStep, STEPS } from './steps.mjs';

const wrongNode = nodeFault();
if (wrongNode) throw new Error(wrongNode);
await install((line) => process.stdout.write(`${line}\n`));
await prepareTypes();
const outcomes = await Promise.all([
  (async () => [
    await runStep(STEPS.format),
    await runStep(STEPS.lint),
    await runStep(STEPS.types),
  ])(),
  (async () => [await runStep(STEPS.unit)])(),
]);
process.exitCode = conclude(outcomes.flat()) ? 0 : 1;
