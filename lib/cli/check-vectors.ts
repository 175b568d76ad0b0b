import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runCheck } from '@/lib/cli/vectors/run-check';

/** `npm run -s check-vectors -- FILE`: see `runCheck` for what it prints and its exit codes. */
process.exitCode = runCheck(process.argv.slice(2), {
  readText,
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
});

/** npm runs us in the package's folder and leaves the caller's in INIT_CWD: a relative name means that one first. */
function readText(name: string): string {
  if (name === '-') return readFileSync(0, 'utf8');
  const folders = [process.env.INIT_CWD ?? process.cwd(), process.cwd()];
  const [first, second] = folders.map((folder) => resolve(folder, name));
  try {
    return readFileSync(first ?? name, 'utf8');
  } catch (cause) {
    if (second === undefined || second === first) throw cause;
    try {
      return readFileSync(second, 'utf8');
    } catch {
      throw cause;
    }
  }
}
