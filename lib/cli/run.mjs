/**
 * `npm run -s <command> -- …`: installs what is missing, then runs `lib/cli/<command>.ts` on the same input and output.
 * Nothing but the command itself writes to standard output, so that it can be piped.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { install, nodeFault, ROOT } from '../process/prepare.mjs';

const [command, ...rest] = process.argv.slice(2);
const wrongNode = nodeFault();
if (wrongNode) {
  process.stderr.write(`${wrongNode}\n`);
  process.exit(2);
}
await install((line) => process.stderr.write(`${line}\n`));

const child = spawn(
  process.execPath,
  ['--import', 'tsx', join(ROOT, 'lib/cli', `${command}.ts`), ...rest],
  { cwd: ROOT, stdio: 'inherit' },
);
child.once('exit', (code, signal) => {
  process.exitCode = code ?? (signal ? 1 : 0);
});
