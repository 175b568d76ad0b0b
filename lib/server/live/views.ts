import 'server-only';
import type { GoalTable } from '@/lib/core/analysis/goal-table';
import type { ExperimentId } from '@/lib/core/experiment/ids';
import type { Question } from '@/lib/core/experiment/question';
import { questionKey, toQuestion } from '@/lib/core/experiment/question';
import type { ListAsk } from '@/lib/core/live/list-ask';
import type { LiveEvent } from '@/lib/core/live/event';
import type {
  Curve,
  Freshness,
  Reading,
  ReadingList,
  ReadingProgress,
} from '@/lib/core/live/reading';
import type { Problem } from '@/lib/core/problem/problem';
import { toProblem } from '@/lib/core/problem/problem';
import type { Clock } from '@/lib/core/time/clock';
import type { Shelf } from '@/lib/server/experiments/shelf';
import type { Track } from '@/lib/server/experiments/track';
import type { KameleoonClient } from '@/lib/server/kameleoon/client';
import { toFreshness } from '@/lib/server/live/freshness';
import { createListIndex } from '@/lib/server/live/list-index';
import { type Lack, lackOf } from '@/lib/server/live/lack';
import { createPasts, toPastReading } from '@/lib/server/live/pasts';
import type { ReadOne } from '@/lib/server/live/read-one';
import type { Schedule } from '@/lib/server/live/schedule';

/** What is in memory, in the shapes that leave the server. Asks nothing upstream and changes nothing. */
export interface Views {
  /** The rows asked for, each by its own method; how many there are of all. */
  list(ask: ListAsk): ListedReadings;
  /** null when there is no such experiment, goal or reference. */
  find(question: Question): Reading | null;
  curve(question: Question, maxPoints: number): Curve | null;
  /** null where `find` gives null, and before the first look. */
  goals(question: Question): GoalTable | null;
  /** null when `find` answers it. */
  findLack(question: Question): Lack | null;
  event(question: Question, type: 'analysis' | 'problem'): LiveEvent | null;
  heartbeat(): LiveEvent;
  progress(): ReadingProgress;
  freshness(track: Track): Freshness;
  /** End of the newest counted data of any experiment, upstream time; null before the first. */
  lastGoodAtMs(): number | null;
}

export type ListedReadings = Pick<
  ReadingList,
  'readings' | 'totals' | 'total' | 'all' | 'projects'
>;

export interface ViewsOptions {
  readonly shelf: Pick<Shelf, 'tracks' | 'find' | 'planOf'>;
  readonly schedule: () => Pick<Schedule, 'dueMs' | 'isReading'>;
  readonly problemOf: ReadOne['problemOf'];
  /** End of the data last read, also of an experiment that has left the list since; null when never read. */
  readonly lastAsOfMs: (id: ExperimentId) => number | null;
  readonly client: Pick<KameleoonClient, 'upstreamNowMs' | 'budget'>;
  readonly clock: Clock;
  /** Why nothing is remembered at the moment; null while looks are kept. */
  readonly storeProblem: () => Problem | null;
  readonly noteRevision: (id: ExperimentId) => number;
}

export function createViews(options: ViewsOptions): Views {
  const { shelf, schedule, problemOf, lastAsOfMs, client, clock, storeProblem, noteRevision } =
    options;

  const index = createListIndex(shelf.tracks);

  const freshnessOf = (track: Track): Freshness => {
    const { id, status } = track.experiment();
    const dueMs = schedule().dueMs(id);
    const { waitMs, heldMs } = client.budget();
    return toFreshness({
      isAtRest: status !== 'active',
      asOfMs: track.latest()?.asOfMs ?? null,
      problem: problemOf(id),
      isReading: schedule().isReading(id),
      dueInMs: dueMs === null ? null : dueMs - clock.monotonicMs(),
      budgetWaitMs: waitMs,
      heldMs,
      nowMs: client.upstreamNowMs(),
    });
  };

  const toFrame = (track: Track, question: Question) => ({
    questionKey: questionKey(question),
    plan: shelf.planOf(track.experiment().id),
    curveRevision: track.curveRevision(),
    notesRevision: noteRevision(track.experiment().id),
  });

  const toReading = (track: Track, question: Question): Reading => ({
    ...toFrame(track, question),
    experiment: track.experiment(),
    analysis: track.analysis(question),
    sparkline: track.sparkline(question),
    freshness: freshnessOf(track),
    outlook: track.outlook(question),
  });

  const pasts = createPasts();

  const findLack = ({ subject, method, atMs }: Question): Lack | null => {
    const track = shelf.find(subject.experimentId);
    if (!track) return 'experiment';
    const lack = lackOf(track.experiment(), method);
    if (lack) return lack;
    return atMs !== undefined && !pasts.find(track, method, atMs) ? 'moment' : null;
  };

  /** The track of a question, when its experiment has the goal and the reference that are asked for. */
  const findTrack = (question: Question): Track | null =>
    findLack(question) === null ? (shelf.find(question.subject.experimentId) ?? null) : null;

  /** For those who still look at what has left the list: the last picture stays, and they hear why. */
  const toGone = ({ subject: { experimentId } }: Question): Freshness => ({
    state: 'failed',
    asOfMs: lastAsOfMs(experimentId),
    nextReadingAtMs: null,
    isReading: false,
    problem: toProblem('not-found', `Experiment ${experimentId} has left the list.`),
  });

  const find = (question: Question): Reading | null => {
    const track = findTrack(question);
    if (!track || question.atMs === undefined) return track && toReading(track, question);
    const past = pasts.find(track, question.method, question.atMs);
    return past && { ...toFrame(track, question), ...toPastReading(past) };
  };

  /** In one walk: there may be thousands, and everybody who comes is told. */
  const progress = (): ReadingProgress => {
    const running = { read: 0, total: 0 };
    const atRest = { read: 0, total: 0 };
    for (const track of shelf.tracks()) {
      const { status } = track.experiment();
      if (status === 'draft') continue;
      const count = status === 'active' ? running : atRest;
      count.total += 1;
      if (track.latest() !== null) count.read += 1;
    }
    return { ...running, atRest };
  };

  return {
    list(ask) {
      const { tracks, ...counts } = index.select(ask);
      // Rows say what is, not when it will be: of hundreds, what is to come would be a third of the answer.
      const readings = tracks.map((track) => ({
        ...toReading(track, toQuestion(track.experiment().id)),
        outlook: null,
      }));
      return { readings, ...counts };
    },
    find,
    findLack,

    goals: (question) => findTrack(question)?.goals(question.method) ?? null,
    curve(question, maxPoints) {
      const track = findTrack(question);
      if (!track) return null;
      const { method, atMs } = question;
      return {
        questionKey: questionKey(question),
        revision: track.curveRevision(),
        points:
          atMs === undefined
            ? track.curve(question, maxPoints)
            : (pasts.find(track, method, atMs)?.curve(maxPoints) ?? []),
      };
    },

    event(question, type) {
      if (type === 'analysis') {
        const reading = find(question);
        return reading && { type, reading };
      }
      const track = findTrack(question);
      if (!track && findLack(question) !== 'experiment') return null;
      const freshness = track ? freshnessOf(track) : toGone(question);
      return { type, questionKey: questionKey(question), freshness };
    },

    heartbeat: () => ({
      type: 'heartbeat',
      nowMs: client.upstreamNowMs(),
      progress: progress(),
      storeProblem: storeProblem(),
    }),
    progress,
    freshness: freshnessOf,
    lastGoodAtMs: () =>
      shelf.tracks().reduce<number | null>((newestMs, track) => {
        const asOfMs = track.latest()?.asOfMs ?? null;
        return newestMs === null || (asOfMs !== null && asOfMs > newestMs) ? asOfMs : newestMs;
      }, null),
  };
}
