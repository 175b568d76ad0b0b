import type { Subject } from '@/lib/cli/verdict/results/subject';
import type { Session } from '@/lib/cli/verdict/session';
import { ORIGINAL } from '@/lib/core/experiment/ids';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { Snapshot, UnitProof } from '@/lib/core/experiment/snapshot';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import { DEFAULT_SETTINGS } from '@/lib/core/analysis/settings';
import { toForm } from '@/lib/server/experiments/counting-form';
import { toUnitProof } from '@/lib/server/experiments/unit-proof';
import type { CountingForm } from '@/lib/server/kameleoon/client';
import type { ResultsData, ResultsQuestion } from '@/lib/server/kameleoon/objects';
import { toWholeSecond } from '@/lib/server/kameleoon/report-body';
import { toSnapshot } from '@/lib/server/kameleoon/translate-report';
import { wireReport } from '@/lib/server/kameleoon/wire';

/** What is asked of an experiment, beside which one. */
export interface Ask {
  /** Visits as asked for; nothing is decided on them. */
  readonly isVisits: boolean;
  /** Upstream time; null: since the launch, until now. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly breakdown: NonNullable<ResultsQuestion['breakdown']> | null;
}

/** Counts that can be judged, and what they were found to count. */
export interface Look {
  readonly snapshot: Snapshot;
  readonly proof: UnitProof;
  readonly form: CountingForm;
}

/**
 * One report in the form that was found before; the first time as many as it takes to find it (statistics A12.1): visits,
 * then people up to the same moment, so that what arrives late can only speak against the proof, then first visits where
 * people are not shown to be counted.
 */
export async function askLook(
  session: Session,
  subject: Subject,
  ask: Ask,
  before: Look | null,
): Promise<Look> {
  const { experiment } = subject;
  const endMs = Math.floor((ask.toMs ?? session.nowMs()) / 1000) * 1000;
  const report = (form: CountingForm) => askSnapshot(session, subject, ask, form, endMs);
  if (before !== null) return { ...before, snapshot: await report(before.form) };

  const wanted: CountingForm = { unit: 'visits', sinceMs: ask.fromMs };
  if (ask.isVisits) return { snapshot: await report(wanted), proof: 'visits', form: wanted };
  const question = { experiment, nowMs: session.nowMs(), areFirstVisitsTold: true };
  // A period that somebody chose is counted as it is asked for, whatever the split did in it.
  const own = (form: CountingForm): CountingForm =>
    ask.fromMs === null ? form : { ...form, sinceMs: ask.fromMs };
  const first = own(toForm({ ...question, proof: 'unproven', isDoubted: false }));
  if (first.unit === 'first-visits') return askFirstVisits(first);
  const visits = await report(wanted);
  const people = await report(first);
  const proof = toUnitProof(people, visits);
  const settled = own(toForm({ ...question, proof, isDoubted: isFilled(people) }));
  if (settled.unit === 'first-visits') return askFirstVisits(settled, people, proof);
  return { snapshot: people, proof, form: first };

  async function askFirstVisits(
    form: CountingForm,
    otherwise?: Snapshot,
    proof: UnitProof = 'unproven',
  ): Promise<Look> {
    try {
      return { snapshot: await report(form), proof: 'visitors', form };
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.code !== 'upstream-rejected')
        throw error;
      const usual = { unit: 'visitors', sinceMs: ask.fromMs } as const;
      return { snapshot: otherwise ?? (await report(usual)), proof, form: usual };
    }
  }
}

/** Whether every arm has conversions enough for an interval: only then it matters what they count. */
const isFilled = ({ arms }: Snapshot): boolean =>
  arms.every(({ goals }) =>
    Object.values(goals).some(({ converted }) => converted >= DEFAULT_SETTINGS.neededCounts),
  );

async function askSnapshot(
  session: Session,
  { experiment, goalIds, referenceId }: Subject,
  ask: Ask,
  { unit, sinceMs }: CountingForm,
  endMs: number,
): Promise<Snapshot> {
  const question: ResultsQuestion = {
    conversionType: 'CONVERTED_VISITS',
    goalIds,
    referenceVariationId: referenceId ?? String(ORIGINAL),
    visitorData: unit === 'visitors',
    allVariationsData: true,
    ...toIntervals(experiment, sinceMs ?? ask.fromMs, endMs),
    ...(unit === 'first-visits' && { breakdown: { type: 'NEW_VISITOR' } }),
  };
  const data = await askData(session, experiment.id, question);
  const parsed = wireReport.safeParse(rawReport(data));
  if (!parsed.success)
    throw new ProblemError(
      toProblem(
        'upstream-unreadable',
        `report of experiment ${experiment.id} does not fit its form`,
      ),
    );
  return toSnapshot(parsed.data, { experiment, unit, sinceMs, endMs }, endMs);
}

/** The rows of a breakdown, as the API counts them. */
export async function askBreakdown(
  session: Session,
  { experiment, goalIds, referenceId }: Subject,
  ask: Ask & { readonly breakdown: NonNullable<Ask['breakdown']> },
): Promise<ResultsData> {
  const endMs = Math.floor((ask.toMs ?? session.nowMs()) / 1000) * 1000;
  return askData(session, experiment.id, {
    conversionType: 'CONVERTED_VISITS',
    goalIds,
    referenceVariationId: referenceId ?? String(ORIGINAL),
    visitorData: !ask.isVisits,
    allVariationsData: true,
    ...toIntervals(experiment, ask.fromMs, endMs),
    breakdown: ask.breakdown,
  });
}

function askData(session: Session, id: string, question: ResultsQuestion): Promise<ResultsData> {
  const { api, words, progress, clock, signal } = session;
  const startedMs = clock.monotonicMs();
  const onWait = (): void =>
    progress.show(
      words('results.polling', { seconds: Math.floor((clock.monotonicMs() - startedMs) / 1000) }),
    );
  return api.experiments.results(id, question, { onWait, signal });
}

const toIntervals = (experiment: Experiment, fromMs: number | null, endMs: number) => {
  const startMs = fromMs === null ? experiment.startedAtMs : toWholeSecond(fromMs);
  return startMs === null || startMs >= endMs ? {} : { intervals: [{ startMs, endMs }] };
};

/** With or without the envelope of the poll around it. */
const rawReport = ({ raw }: ResultsData): unknown =>
  typeof raw === 'object' && raw !== null && 'data' in raw ? raw.data : raw;
