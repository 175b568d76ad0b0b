import { checkFile } from '@/lib/cli/vectors/check-file';
import type { VectorFile } from '@/lib/cli/vectors/vector-file';
import { MalformedVectors, parseVectorFile } from '@/lib/cli/vectors/vector-file';

/** The shell as this command needs it. */
export interface Shell {
  /** The file's text; throws where it cannot be had. */
  readonly readText: (name: string) => string;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

const USAGE =
  'usage: check-vectors FILE   (a file shaped like stats-vectors.json; - is standard input)';

/**
 * Recomputes every case of one file with our own functions. Out: a line a group, `group passed failed largest-deviation`
 * (cases, and the largest of min(absolute, relative) over their values; Infinity where one had no number), then
 * `total N passed, N failed`. Err: what failed, and why. Gives the exit code: 0 when all passed, 1 when one did not,
 * 2 when there is no file, or not of this shape.
 */
export function runCheck(names: readonly string[], shell: Shell): 0 | 1 | 2 {
  const [name] = names;
  if (names.some((one) => one === '--help' || one === '-h')) {
    shell.out(USAGE);
    return 0;
  }
  if (name === undefined || names.length > 1 || /^-./.test(name)) {
    shell.err(USAGE);
    return 2;
  }
  const file = read(name, shell);
  if (file === null) return 2;
  const total = { passed: 0, failed: 0 };
  for (const { group: name, passed, failed, largestDeviation, faults } of checkFile(file)) {
    // A name with blanks would shift the columns, one with a line break would forge a line.
    const group = /^[^\s"]+$/.test(name) ? name : JSON.stringify(name).replaceAll(' ', '\\u0020');
    shell.out(`${group} ${passed} ${failed} ${shown(largestDeviation)}`);
    for (const fault of faults) shell.err(`${group} ${fault}`);
    total.passed += passed;
    total.failed += failed;
  }
  shell.out(`total ${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

function read(name: string, { readText, err }: Shell): VectorFile | null {
  try {
    return parseVectorFile(readText(name));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'unreadable';
    err(`${name}: ${cause instanceof MalformedVectors ? 'no vectors' : 'cannot be read'}: ${why}`);
    return null;
  }
}

const shown = (deviation: number): string =>
  deviation === 0 || !Number.isFinite(deviation) ? String(deviation) : deviation.toExponential(1);
