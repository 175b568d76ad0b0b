import { readNamed } from '@/lib/cli/read-named';
import { runCheck } from '@/lib/cli/vectors/run-check';

/** `npm run -s check-vectors -- FILE`: see `runCheck` for what it prints and its exit codes. */
process.exitCode = runCheck(process.argv.slice(2), {
  readText: readNamed,
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
});
