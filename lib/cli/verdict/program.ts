import { Command, CommanderError, Option } from 'commander';
import { addCreateCommands } from '@/lib/cli/verdict/program-create';
import { addReadCommands } from '@/lib/cli/verdict/program-read';
import { addResultsCommand } from '@/lib/cli/verdict/program-results';
import type { Declare, Perform } from '@/lib/cli/verdict/declare';
import type { World } from '@/lib/cli/verdict/world';

/** The whole command line as data: what `--help` says and docs/shell.md must name. */
export function createProgram(perform: Perform, world: World): Command {
  const program = new Command('verdict')
    .description(
      'The Kameleoon Automation API from a shell: experiments, code, goals, segments, and which variation wins.',
    )
    .helpCommand(false)
    .showSuggestionAfterError(true)
    .addHelpText(
      'after',
      '\nSettings: KAMELEOON_CLIENT_ID, KAMELEOON_CLIENT_SECRET, KAMELEOON_API_URL (https://api.kameleoon.com).\nExit codes: 0 done, 1 the API or the network said no, 2 wrong usage or input, 3 partly done, 130 interrupted.\nAll commands, JSON shapes and examples: docs/shell.md',
    );
  const settle = (command: Command): Command =>
    command
      .exitOverride()
      .allowExcessArguments(false)
      .configureOutput({
        writeOut: (text) => world.out(text),
        writeErr: (text) => world.err(text),
        outputError: (text, write) => write(text.replace(/^error: /, 'verdict: ')),
      });
  const declare: Declare = (parent, usage, description, kind) => {
    const command = settle(parent.command(usage).description(description));
    command
      .option('--json', 'one JSON document on standard output')
      .option('--quiet', 'no progress on standard error')
      .option('--no-wait', 'fail rather than wait where the budget of requests is spent')
      .option('--api <url>', 'address of the API (else KAMELEOON_API_URL)')
      .addOption(new Option('--demo', 'the sandbox of npm run demo, with its own credentials'));
    return kind === 'writes'
      ? command.option('--dry-run', 'show each call and what it costs; write nothing')
      : command;
  };
  settle(program);
  addReadCommands(program, declare, settle, perform);
  addCreateCommands(program, declare, settle, perform);
  addResultsCommand(program, declare, perform, world);
  return program;
}

/** Reads the command line; answers 2 for what is wrong in it (told already), null where a command ran. */
export async function parseLine(program: Command, args: readonly string[]): Promise<number | null> {
  try {
    await program.parseAsync([...args], { from: 'user' });
    return null;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
}
