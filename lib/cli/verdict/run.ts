import { perform } from '@/lib/cli/verdict/perform';
import { createProgram, parseLine } from '@/lib/cli/verdict/program';
import type { World } from '@/lib/cli/verdict/world';
import { createShellWords } from '@/lib/core/words/shell-words';

/** `npx verdict …`: answers the exit code (docs/shell.md). */
export async function runVerdict(args: readonly string[], world: World): Promise<number> {
  const words = createShellWords('en');
  let exitCode = 0;
  const program = createProgram(async (options, run) => {
    exitCode = await perform(world, words, options, run);
  }, world);
  return (await parseLine(program, args)) ?? exitCode;
}
