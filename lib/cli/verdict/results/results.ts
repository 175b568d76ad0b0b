import type { Ask, Look } from '@/lib/cli/verdict/results/ask';
import { askBreakdown, askLook } from '@/lib/cli/verdict/results/ask';
import type { Breakdown } from '@/lib/cli/verdict/results/breakdown';
import { readBreakdown, toBreakdown, toBreakdownText } from '@/lib/cli/verdict/results/breakdown';
import { toResultsJson } from '@/lib/cli/verdict/results/results-json';
import { toResultsText } from '@/lib/cli/verdict/results/results-text';
import type { Subject, SubjectOptions } from '@/lib/cli/verdict/results/subject';
import { readSubject } from '@/lib/cli/verdict/results/subject';
import { toReading } from '@/lib/cli/verdict/results/to-reading';
import { InputFault } from '@/lib/cli/verdict/fault';
import { plain } from '@/lib/cli/verdict/plain';
import type { Answer, Run, Session } from '@/lib/cli/verdict/session';
import type { History } from '@/lib/core/analysis/history';
import { startHistory } from '@/lib/core/analysis/history';
import type { Reading } from '@/lib/core/live/reading';
import { parseUpstreamDate } from '@/lib/server/kameleoon/upstream-date';

export interface ResultsOptions extends SubjectOptions {
  readonly visits?: true;
  readonly visitors?: true;
  readonly from?: string;
  readonly to?: string;
  readonly by?: string;
}

/** What one reading found, and what the next one begins with. */
export interface Found {
  readonly subject: Subject;
  readonly look: Look | null;
  readonly history: History;
  readonly reading: Reading;
  readonly breakdown: Breakdown | null;
}

export const showResults =
  (options: ResultsOptions): Run =>
  async (session) => {
    const found = await readResults(session, options, null);
    return answerResults(session, options, found);
  };

/** Asks, judges, and keeps what a later reading of the same command goes on with. */
export async function readResults(
  session: Session,
  options: ResultsOptions,
  before: Found | null,
): Promise<Found> {
  const ask = toAsk(options);
  const subject = await readSubject(session, options, before?.subject ?? null);
  const isDraft = subject.experiment.status === 'draft';
  const look = isDraft ? null : await askLook(session, subject, ask, before?.look ?? null);
  const { reading, history } = toReading(subject, look, before?.history ?? startHistory());
  const { breakdown } = ask;
  if (breakdown === null || isDraft) return { subject, look, history, reading, breakdown: null };
  const data = await askBreakdown(session, subject, { ...ask, breakdown });
  const { experiment } = subject;
  const goalId = reading.analysis?.goalId ?? experiment.mainGoalId;
  return {
    ...{ subject, look, history, reading },
    breakdown: readBreakdown(data, {
      ...{ experiment, goalId, isVisits: ask.isVisits, type: breakdown.type },
    }),
  };
}

export function answerResults(
  { words, nowMs, requests }: Session,
  options: ResultsOptions,
  { reading, breakdown }: Found,
): Answer {
  const verdict = toResultsText(reading, nowMs(), words);
  const text = options.from === undefined ? verdict : `${verdict}\n${words('results.period')}`;
  const rows =
    breakdown === null
      ? []
      : ['', toBreakdownText(breakdown, options.visits === true), words('results.breakdown')];
  return {
    text: [text, ...rows].join('\n'),
    json: toResultsJson(reading, breakdown, nowMs(), requests()),
  };
}

function toAsk(options: ResultsOptions): Ask {
  if (options.visits === true && options.visitors === true)
    throw new InputFault('--visits or --visitors, not both');
  const fromMs = toMoment('--from', options.from);
  const toMs = toMoment('--to', options.to);
  if (fromMs !== null && toMs !== null && fromMs >= toMs)
    throw new InputFault('--from is not before --to');
  const breakdown = options.by === undefined ? null : toBreakdown(options.by);
  return { isVisits: options.visits === true, fromMs, toMs, breakdown };
}

/** A day or a moment; without a zone it is UTC, as the API's own dates are taken. */
function toMoment(flag: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const atMs = parseUpstreamDate(text);
  if (atMs === null)
    throw new InputFault(
      `${flag} "${plain(text).slice(0, 40)}": is no date (2026-05-21, or 2026-05-21T14:00)`,
    );
  return atMs;
}
