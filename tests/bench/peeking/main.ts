/**
 * `npm run bench:peeking`: does the verdict survive peeking? (statistics A11, A12.8) First rules that must go wrong, so
 * that the simulation is known to see; then the product's own rule on every scenario, other rules on the same counts, and
 * the life of calls. Seeded: the same figures on every machine, whatever the number of workers. Ends with 1 when a limit
 * is broken. A whole run writes lib/core/words/method-figures.json, which the page /method shows; one of a part writes its
 * rows there, a quick one nothing.
 *
 * --quick: a fifth of the experiments. --only <part>: controls, nothing, layers, effects, rivals or life.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import type { MethodFigures } from '@/lib/core/words/method-figures';
import { METHOD_FIGURES } from '@/lib/core/words/method-figures';
import { mergeFigures } from '@/tests/bench/peeking/merge-figures';
import { toFigures } from '@/tests/bench/peeking/figures';
import { brokenLimits } from '@/tests/bench/peeking/limits';
import type { Part } from '@/tests/bench/peeking/parts';
import { PARTS, idsOf } from '@/tests/bench/peeking/parts';
import { FULL, QUICK } from '@/tests/bench/peeking/registry';
import type { Results } from '@/tests/bench/peeking/run-all';
import { runAll } from '@/tests/bench/peeking/run-all';
import { toTable } from '@/tests/bench/peeking/table';

type Tallies = Results extends ReadonlyMap<string, infer R> ? R : never;

const SEED = 20_260_302;
const FILE = fileURLToPath(new URL('../../../lib/core/words/method-figures.json', import.meta.url));

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    workers: { type: 'string', default: '2' },
  },
});
const isPart = (text: string): text is Part => PARTS.some((part) => part === text);
if (values.only !== undefined && !isPart(values.only))
  throw new Error(`--only takes one of ${PARTS.join(', ')}`);

const scale = values.quick ? QUICK : FULL;
const parts = values.only === undefined ? PARTS : [values.only];
const startedAt = performance.now();
const run = (part: Part) =>
  runAll({
    scale,
    seed: SEED,
    ids: idsOf(part, scale),
    workers: Number(values.workers),
    onDone: (id) =>
      process.stderr.write(`${((performance.now() - startedAt) / 1000).toFixed(0)} s  ${id}\n`),
  });

const toText = (figures: MethodFigures): Promise<string> =>
  format(JSON.stringify(figures), { parser: 'json', printWidth: 100, singleQuote: true });

const results = new Map<string, Tallies>();
for (const part of parts) {
  for (const [id, tallies] of await run(part)) results.set(id, tallies);
  const blind = part === 'controls' ? brokenLimits(toFigures(results, scale, SEED)) : [];
  if (blind.length > 0) {
    process.stdout.write(`The harness is blind.\n${blind.join('\n')}\n`);
    process.exit(1);
  }
}
const figures = toFigures(results, scale, SEED);
const broken = brokenLimits(figures);
process.stdout.write(`${toTable(figures)}\n\n`);
process.stdout.write(
  broken.length === 0
    ? 'Every limit holds.\n'
    : `Broken:\n${broken.map((line) => `  ${line}\n`).join('')}`,
);
const kept = parts.length === PARTS.length ? figures : mergeFigures(METHOD_FIGURES, figures);
if (!values.quick && kept !== null) writeFileSync(FILE, await toText(kept));
process.exitCode = broken.length === 0 ? 0 : 1;
