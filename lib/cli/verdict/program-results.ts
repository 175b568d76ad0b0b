import type { Command } from 'commander';
import { showResults, type ResultsOptions } from '@/lib/cli/verdict/results/results';
import { watchResults } from '@/lib/cli/verdict/results/watch';
import type { Declare, Perform } from '@/lib/cli/verdict/declare';
import { toLevel, toWhole } from '@/lib/cli/verdict/declare';
import type { CommonOptions } from '@/lib/cli/verdict/settings';
import type { World } from '@/lib/cli/verdict/world';

interface Given extends Omit<ResultsOptions, 'id'>, CommonOptions {
  readonly watch?: true;
  readonly every: number;
  readonly times?: number;
}

/** `results`: which variation wins, and how sure that is. */
export function addResultsCommand(
  program: Command,
  declare: Declare,
  perform: Perform,
  world: World,
): void {
  declare(program, 'results <id>', 'which variation of an experiment wins', 'reads')
    .option('--goal <goal>', 'another goal than the main one (explored, not judged)')
    .option('--reference <variation>', 'another reference than the original')
    .option('--level <share>', 'certainty', toLevel, 0.95)
    .option('--visitors', 'people (the default)')
    .option('--visits', 'visits (shown, not judged)')
    .option('--from <date>', 'count from here on (UTC)')
    .option('--to <date>', 'count until here (UTC)')
    .option(
      '--by <rows>',
      'besides: device, browser, country, new, hour, day, week, month, year, custom:INDEX',
    )
    .option('--watch', 'read again and again, until Ctrl-C')
    .option('--every <seconds>', 'with --watch: how often', toWhole(30, 86_400), 60)
    .option('--times <n>', 'with --watch: end after so many readings', toWhole(1, 100_000))
    .action((id: string, given: Given) => {
      const options = { ...given, id };
      if (given.watch !== true) return perform(given, showResults(options));
      const watching = {
        ...options,
        isJson: given.json === true,
        everyMs: given.every * 1000,
        times: given.times ?? null,
      };
      // It prints by itself, so what it answers is empty.
      return perform(given, (session) => watchResults(world, session, watching));
    });
}
