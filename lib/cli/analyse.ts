import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runAnalyse } from '@/lib/cli/analyse/run';

/** `npm run -s analyse -- FILE`: see `HELP`, docs/analyse.md, and `runAnalyse` for the exit codes. */
process.exitCode = runAnalyse(process.argv.slice(2), {
  readText: (file) => (file === null ? readFileSync(0, 'utf8') : readNamed(file)),
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});

/** npm runs us in the package's folder and leaves the caller's in INIT_CWD: a relative name means that one first. */
function readNamed(file: string): string {
  const folders = [process.env.INIT_CWD ?? process.cwd(), process.cwd()];
  const [first, second] = folders.map((folder) => resolve(folder, file));
  try {
    return readFileSync(first ?? file, 'utf8');
  } catch (cause) {
    if (second === undefined || second === first) throw cause;
    try {
      return readFileSync(second, 'utf8');
    } catch {
      throw cause;
    }
  }
}
