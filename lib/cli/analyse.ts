import { runAnalyse } from '@/lib/cli/analyse/run';
import { readNamed } from '@/lib/cli/read-named';

/** `npm run -s analyse -- FILE`: see `HELP`, docs/analyse.md, and `runAnalyse` for the exit codes. */
process.exitCode = runAnalyse(process.argv.slice(2), {
  readText: readNamed,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
