import { EXIT } from '@/lib/cli/verdict/fault';
import { sleepUnless } from '@/lib/cli/verdict/patience';
import { plain, plainLines, toSafeJson } from '@/lib/cli/verdict/plain';
import type { Found, ResultsOptions } from '@/lib/cli/verdict/results/results';
import { answerResults, readResults } from '@/lib/cli/verdict/results/results';
import { speakVerdict } from '@/lib/cli/verdict/results/results-text';
import type { Answer, Session } from '@/lib/cli/verdict/session';
import type { World } from '@/lib/cli/verdict/world';
import { isProblemError } from '@/lib/core/problem/problem';
import { formatsFor } from '@/lib/core/words/formats';

export interface WatchOptions extends ResultsOptions {
  readonly isJson: boolean;
  readonly everyMs: number;
  /** Readings after which it ends by itself; null: until Ctrl-C. */
  readonly times: number | null;
}

/** Cursor to the corner, and away with what is below it. */
const HOME = '\u001b[H\u001b[J';
const CLEAR = `\u001b[2J${HOME}`;
const formats = formatsFor('en', 'UTC');

/**
 * Reads again and again: a terminal is drawn anew in place, a pipe gets a line (or a JSON document on one line) whenever
 * what is said changed. A reading that fails is told and tried again; Ctrl-C ends it with 0.
 */
export async function watchResults(
  world: World,
  session: Session,
  options: WatchOptions,
): Promise<Answer> {
  const { clock, signal, words, nowMs, progress } = session;
  const isDrawn = world.isOutTerminal && !options.isJson;
  let found: Found | null = null;
  let said = '';

  const draw = (problem: string | null): void => {
    if (found === null) return;
    const answer = answerResults(session, options, found);
    progress.clear();
    if (isDrawn) {
      const foot = words('watch.foot', { seconds: Math.round(options.everyMs / 1000) });
      const text = [answer.text, '', ...(problem === null ? [] : [problem]), foot].join('\n');
      world.out(`${said === '' ? CLEAR : HOME}${plainLines(text)}\n`);
      said = 'drawn';
      return;
    }
    const key = changeKey(found);
    if (key === said) return;
    said = key;
    world.out(
      options.isJson
        ? `${toSafeJson(answer.json, 0)}\n`
        : `${plainLines(toLine(found, nowMs()))}\n`,
    );
  };

  for (let times = 1; !signal.aborted; times += 1) {
    let problem: string | null = null;
    try {
      found = await readResults(session, options, found);
    } catch (error) {
      if (signal.aborted) break;
      // The first reading may fail for what was typed; later ones fail for what passes.
      if (found === null || !isProblemError(error) || !error.problem.retryable) throw error;
      problem = words('watch.failed', { why: plain(error.problem.detail) });
      if (!isDrawn) world.err(`${problem}\n`);
    }
    draw(problem);
    if (options.times !== null && times >= options.times) break;
    await sleepUnless(clock, options.everyMs, signal);
  }
  return { text: '', json: {}, exitCode: EXIT.ok };
}

/** What a person would notice: the words, and how many were counted. */
const changeKey = ({ reading: { analysis, experiment } }: Found): string =>
  JSON.stringify([
    experiment.status,
    analysis?.verdict.state,
    analysis?.verdict.variationId,
    analysis?.arms.map(({ visitors, visits, converted }) => [visitors, visits, converted]),
  ]);

/** `14:05:33 Winner: Short form wins. +27.1% on … (43,879 people)` */
function toLine({ reading }: Found, nowMs: number): string {
  const { tag, headline, sentences } = speakVerdict(reading, nowMs);
  const people = (reading.analysis?.arms ?? []).reduce((all, { visitors }) => all + visitors, 0);
  const at = new Date(reading.analysis?.asOfMs ?? nowMs).toISOString().slice(0, 19);
  return [`${at}Z`, `${tag}:`, `${headline}.`, sentences[0] ?? '', `(${formats.count(people)})`]
    .filter((part) => part !== '')
    .join(' ');
}
