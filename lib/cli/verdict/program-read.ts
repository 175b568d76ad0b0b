import type { Command } from 'commander';
import { actOnExperiment, type Move } from '@/lib/cli/verdict/commands/experiment-act';
import { showExperiment } from '@/lib/cli/verdict/commands/experiment-show';
import type { ListOptions } from '@/lib/cli/verdict/commands/lists';
import {
  listExperiments,
  listGoals,
  listSegments,
  listSites,
} from '@/lib/cli/verdict/commands/lists';
import { whoami } from '@/lib/cli/verdict/commands/whoami';
import type { Declare, Perform } from '@/lib/cli/verdict/declare';
import { toWhole } from '@/lib/cli/verdict/declare';
import type { Run } from '@/lib/cli/verdict/session';
import type { CommonOptions } from '@/lib/cli/verdict/settings';

const MOVES: Readonly<Record<Move, string>> = {
  launch: 'launch a draft',
  pause: 'pause what runs',
  resume: 'go on with what is paused',
  stop: 'end it for good',
};

/** `whoami`, the lists, `experiments show` and the changes of an experiment's status. */
export function addReadCommands(
  program: Command,
  declare: Declare,
  settle: (command: Command) => Command,
  perform: Perform,
): void {
  declare(program, 'whoami', 'whose credentials these are, and what they reach', 'reads').action(
    (options: CommonOptions) => perform(options, whoami),
  );
  const group = (name: string, about: string): Command =>
    settle(program.command(name).description(about));
  const list = (parent: Command, about: string, run: (options: ListOptions) => Run): Command =>
    declare(parent, 'list', about, 'reads')
      .option('--limit <n>', 'rows at most', toWhole(1, 10_000), 100)
      .action((options: ListOptions & CommonOptions) => perform(options, run(options)));

  list(group('sites', 'projects'), 'projects that can be read', listSites);
  for (const [name, run] of [
    ['goals', listGoals],
    ['segments', listSegments],
  ] as const)
    list(group(name, name), `${name}, by project or name`, run)
      .option('--site <site>', 'of this project only (code or id)')
      .option('--name <text>', 'whose name contains this');

  const experiments = group('experiments', 'experiments');
  list(experiments, 'experiments, by project, status or name', listExperiments)
    .option('--site <site>', 'of this project only (code or id)')
    .option('--status <status...>', 'draft, active, paused, stopped')
    .option('--name <text>', 'whose name contains this');
  declare(experiments, 'show <id>', 'an experiment with its variations and goals', 'reads').action(
    (id: string, options: CommonOptions) => perform(options, showExperiment(id)),
  );
  for (const [move, about] of Object.entries(MOVES))
    declare(experiments, `${move} <id>`, about, 'writes').action(
      (id: string, options: CommonOptions) => perform(options, actOnExperiment(move as Move, id)),
    );
}
