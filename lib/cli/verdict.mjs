#!/usr/bin/env node
/**
 * `npx verdict …`: installs what is missing, then runs `lib/cli/verdict.ts` on the same input and output, in the folder
 * it was called from. See docs/shell.md.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { install, nodeFault, ROOT } from '../process/prepare.mjs';

const wrongNode = nodeFault();
if (wrongNode) {
  process.stderr.write(`verdict: ${wrongNode}\n`);
  process.exit(2);
}
await install((line) => process.stderr.write(`${line}\n`));

const child = spawn(
  process.execPath,
  [
    '--import',
    import.meta.resolve('tsx'),
    '--conditions=react-server',
    join(ROOT, 'lib/cli/verdict.ts'),
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit', env: { ...process.env, TSX_TSCONFIG_PATH: join(ROOT, 'tsconfig.json') } },
);
// Ctrl-C reaches both, a signal of another process us alone; the child ends in order, and we with it.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name));
child.once('exit', (code, signal) => {
  process.exitCode = code ?? (signal ? 1 : 0);
});
