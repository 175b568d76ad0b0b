import { EXIT } from '@/lib/cli/verdict/fault';
import { withPatience } from '@/lib/cli/verdict/patience';
import { plainLines, toSafeJson } from '@/lib/cli/verdict/plain';
import { createProgress } from '@/lib/cli/verdict/progress';
import { callsAsJson, describeCalls } from '@/lib/cli/verdict/rehearsal/describe-calls';
import { createRehearsal } from '@/lib/cli/verdict/rehearsal/rehearsal';
import { failureAsJson, failureInWords, toFailure } from '@/lib/cli/verdict/failure';
import type { Run, Session } from '@/lib/cli/verdict/session';
import type { CommonOptions } from '@/lib/cli/verdict/settings';
import { withOptions } from '@/lib/cli/verdict/settings';
import type { World } from '@/lib/cli/verdict/world';
import type { ShellWords } from '@/lib/core/words/shell-words';

/**
 * Runs one command: connects, waits where the API must be waited for, and says what came of it. With `--json` standard
 * output is one document whatever happens; a failure is one line of standard error besides.
 */
export async function perform(
  world: World,
  words: ShellWords,
  options: CommonOptions,
  run: Run,
): Promise<number> {
  const progress = createProgress(world, options.quiet === true);
  const rehearsal = options.dryRun === true ? createRehearsal() : null;
  let requests = 0;
  const fail = (error: unknown): number => {
    progress.clear();
    const failure = toFailure(error, world.signal);
    if (options.json) world.out(`${toSafeJson(failureAsJson(failure, words))}\n`);
    world.err(`${plainLines(failureInWords(failure, words))}\n`);
    return failure.exitCode;
  };

  const connected = world.connect(withOptions(world.env, options), {
    ...(rehearsal && { wrapFetch: rehearsal.wrapFetch }),
    onSent: () => {
      requests += 1;
    },
    signal: world.signal,
  });
  if (!connected.ok) {
    const message = connected.faults.join('\n');
    if (options.json)
      world.out(
        `${toSafeJson({ error: { code: 'settings', message, faults: connected.faults } })}\n`,
      );
    world.err(`${plainLines(message)}\n`);
    return EXIT.usage;
  }
  const { connection } = connected;
  const { clock, signal, folder } = world;
  const { nowMs, api, baseUrl } = connection;
  const waiting = { clock, nowMs, progress, words, signal };
  const session: Session = {
    ...{ baseUrl, nowMs, clock, words, progress, signal, folder },
    api: options.wait === false ? api : withPatience(api, waiting),
    requests: () => requests,
    rehearsed: rehearsal && (() => rehearsal.calls),
  };
  try {
    const { text, json, exitCode = EXIT.ok } = await run(session);
    progress.clear();
    const whole = rehearsal
      ? { text: describeCalls(rehearsal, words), json: { dryRun: callsAsJson(rehearsal) } }
      : { text, json };
    // A watch has said everything by itself.
    const isSaid = whole.text === '' && Object.keys(whole.json).length === 0;
    if (options.json && !isSaid) world.out(`${toSafeJson(whole.json)}\n`);
    else if (!options.json && whole.text !== '') world.out(`${plainLines(whole.text)}\n`);
    return exitCode;
  } catch (error) {
    return fail(error);
  } finally {
    await connection.close();
  }
}
