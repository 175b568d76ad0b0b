/** `npm run verify`: format, lint, types, unit and architecture, in under a minute. */
import { install, nodeFault } from '../../lib/process/prepare.mjs';
import { conclude, prepareTypes, runStep, STEPS } from './steps.mjs';

/** What takes tens of seconds by its nature is left to `npm test`. */
const WITHOUT_LONG = ['--exclude=**/*.long.test.*'];

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
  (async () => [await runStep({ ...STEPS.unit, args: [...STEPS.unit.args, ...WITHOUT_LONG] })])(),
]);
process.exitCode = conclude(outcomes.flat()) ? 0 : 1;
