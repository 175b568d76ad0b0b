import type { Command } from 'commander';
import { pullVariations, type PullOptions } from '@/lib/cli/verdict/code/pull';
import { pushVariations, type PushOptions } from '@/lib/cli/verdict/code/push';
import { createGoal, type GoalOptions } from '@/lib/cli/verdict/commands/goal-create';
import { createSegment, type SegmentOptions } from '@/lib/cli/verdict/commands/segment-create';
import { createExperiment } from '@/lib/cli/verdict/create/create-experiment';
import { DEFAULT_TYPE } from '@/lib/cli/verdict/create/resume-command';
import type { CreateOptions } from '@/lib/cli/verdict/create/wanted';
import type { Declare, Perform } from '@/lib/cli/verdict/declare';
import { gather } from '@/lib/cli/verdict/declare';
import type { CommonOptions } from '@/lib/cli/verdict/settings';

/** What makes things: `experiments create`, `variation pull|push`, `goal create`, `segment create`. */
export function addCreateCommands(
  program: Command,
  declare: Declare,
  settle: (command: Command) => Command,
  perform: Perform,
): void {
  const experiments =
    program.commands.find((command) => command.name() === 'experiments') ?? program;
  declare(experiments, 'create', 'an experiment with variations, code, goals and segment', 'writes')
    .requiredOption('--site <site>', 'the project, by code or id')
    .requiredOption('--name <name>', 'name of the experiment')
    .requiredOption('--url <address>', 'page that it is shown on')
    .option('--type <type>', 'CLASSIC, DEVELOPER, …', DEFAULT_TYPE)
    .option(
      '--variation <name[=file]>',
      'NAME, NAME=file.js, NAME=file.js,file.css; repeatable',
      gather,
      [],
    )
    .option('--goal <goal>', 'by id or name; repeatable; the first is the main goal', gather, [])
    .option('--main-goal <goal>', 'another main goal')
    .option('--segment <id>', 'who it is shown to')
    .option('--split <shares>', 'percent, the original first: 50/25/25 (equal)')
    .option('--launch', 'launch it when all is there')
    .option('--resume <id>', 'go on with a creation that failed half-way')
    .option(
      '--adopt <id>',
      'with --resume: a variation that was made and not attached; repeatable',
      gather,
      [],
    )
    .action((options: CreateOptions & CommonOptions) =>
      perform(options, createExperiment(options)),
    );

  const variation = settle(
    program.command('variation').description('code of variations, in files'),
  );
  declare(variation, 'pull [ids...]', 'code of variations into files', 'writes')
    .option('--experiment <id>', 'all variations of this experiment')
    .requiredOption('--dir <folder>', 'where the files live')
    .option('--force', 'overwrite files that were edited')
    .action((ids: string[], options: Omit<PullOptions, 'ids'> & CommonOptions) =>
      perform(options, pullVariations({ ...options, ids })),
    );
  declare(
    variation,
    'push [ids...]',
    'edited files back to Kameleoon (all that were pulled)',
    'writes',
  )
    .requiredOption('--dir <folder>', 'where the files live')
    .option('--force', 'overwrite what somebody else changed meanwhile')
    .action((ids: string[], options: Omit<PushOptions, 'ids'> & CommonOptions) =>
      perform(options, pushVariations({ ...options, ids })),
    );

  const overSites = (command: Command): Command =>
    command
      .option('--site <site>', 'a project by code or id; repeatable', gather, [])
      .option('--all-sites', 'every project that can be read')
      .option('--allow-duplicate', 'also where the name is taken');
  const goal = settle(program.command('goal').description('goals'));
  overSites(declare(goal, 'create', 'a goal in one project or many', 'writes'))
    .requiredOption('--name <name>', 'name of the goal')
    .requiredOption('--type <type>', 'CLICK, CUSTOM, URL, SCROLL, PAGE_VIEWS, TIME_SPENT, …')
    .option('--param <key=value>', 'key=text, or key:=json; repeatable', gather, [])
    .option('--multiple', 'several conversions of one visit count')
    .option('--description <text>', 'what it is for')
    .action((options: GoalOptions & CommonOptions) => perform(options, createGoal(options)));
  const segment = settle(program.command('segment').description('segments'));
  overSites(declare(segment, 'create', 'a segment in one project or many', 'writes'))
    .requiredOption('--name <name>', 'name of the segment')
    .requiredOption('--file <conditions.json>', 'its conditions')
    .option('--description <text>', 'what it is for')
    .action((options: SegmentOptions & CommonOptions) => perform(options, createSegment(options)));
}
