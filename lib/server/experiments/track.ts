import 'server-only';
import type { Analysis, CurvePoint } from '@/lib/core/analysis/analysis';
import type { Call } from '@/lib/core/analysis/call';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { Question } from '@/lib/core/experiment/question';
import { questionKey, toQuestion } from '@/lib/core/experiment/question';
import type { Look, Snapshot } from '@/lib/core/experiment/snapshot';
import type { Sparkline } from '@/lib/core/live/reading';
import { isOtherDecision } from '@/lib/server/experiments/decision';
import { isWorthKeeping } from '@/lib/server/experiments/is-worth-keeping';
import type { Terms } from '@/lib/server/experiments/judge';
import type { Opened } from '@/lib/server/experiments/opened-judgements';
import { createOpenedJudgements } from '@/lib/server/experiments/opened-judgements';

/** One experiment in memory: its kept looks, its newest snapshot, and the decisions on them. */
export interface Track {
  experiment(): Experiment;
  latest(): Snapshot | null;
  /** Kept looks, oldest first; none while it sleeps. */
  looks(): readonly Look[];
  /** The first look of our own, also while it sleeps; null before it. */
  firstOwn(): Snapshot | null;
  isAsleep(): boolean;
  /**
   * Lets go of everything but the newest snapshot and the answers by the main method, which it goes on giving. To be
   * woken before it takes anything, is judged by other terms or asked for a curve.
   */
  sleep(): void;
  /** With the looks kept of it, oldest first. */
  wake(looks: readonly Look[]): void;
  /** Takes what was read; gives the look to keep for ever, null when it is not worth keeping. */
  take(snapshot: Snapshot): Look | null;
  /** Adds a look of the past and judges everything anew: a call may move to an earlier day. */
  addPast(look: Look): void;
  /** New terms make every decision anew. Answers whether anything differs. */
  setTerms(terms: Partial<Terms>): boolean;
  /** null before the first look. */
  analysis(question: Question): Analysis | null;
  curve(question: Question, maxPoints: number): readonly CurvePoint[];
  sparkline(question: Question): Sparkline;
  /** Number of looks of the past: rises with each, also across restarts. */
  curveRevision(): number;
  /** Rises whenever any answer may have changed; says nothing by itself. */
  revision(): number;
}

/** From asking for a report to taking it: a minute for the job, and one for waits before it. */
const LONGEST_WAY_MS = 120_000;

export interface TrackOptions {
  readonly terms: Terms;
  /** Kept looks, oldest first. */
  readonly looks: readonly Look[];
  readonly latest: Snapshot | null;
  /** The last call by the main method, made in an earlier process. */
  readonly keptCall: Call | null;
}

export function createTrack(options: TrackOptions): Track {
  let { terms, keptCall } = options;
  let looks = [...options.looks];
  let latest = options.latest ?? looks.at(-1)?.snapshot ?? null;
  let revision = 0;
  let curveRevision = looks.filter((look) => look.source === 'backfill').length;
  let firstOwn: Snapshot | null = null;
  let dreams: Pick<Opened, 'analysis' | 'sparkline'> | null = null;

  const mainQuestion = toQuestion(terms.experiment.id);
  const mainKey = questionKey(mainQuestion);

  const opened = createOpenedJudgements({
    terms: () => terms,
    looks: () => looks,
    keptCall: (key) => (key === mainKey ? keptCall : null),
  });

  /** Everything must be judged anew; what was called stays called. */
  const reopen = (): void => {
    keptCall = opened.peek(mainQuestion)?.analysis?.call ?? keptCall;
    opened.clear();
  };

  /** The newest snapshot as a look, after which no kept one comes. */
  const shown = (): readonly Look[] =>
    latest && latest.asOfMs > (looks.at(-1)?.snapshot.asOfMs ?? Number.NEGATIVE_INFINITY)
      ? [...looks, { snapshot: latest, source: 'live' }]
      : looks;

  const analysis = (question: Question): Analysis | null => {
    if (!latest) return null;
    if (dreams) return questionKey(question) === mainKey ? (dreams.analysis ?? null) : null;
    const entry = opened.open(question);
    entry.analysis ??= entry.judgement.analyse({ snapshot: latest, source: 'live' });
    return entry.analysis;
  };

  /** Calls, and their confirmation, rest on kept looks: the one that changes a decision must be among them. */
  const isDecisionNew = (next: Snapshot): boolean => {
    const last = looks.at(-1);
    if (!last) return true;
    opened.open(mainQuestion);
    return opened.all().some(({ judgement }) => {
      const before = judgement.analyse(last);
      const after = judgement.analyse({ snapshot: next, source: 'live' });
      return isOtherDecision(before, after);
    });
  };

  const sparkline = (question: Question): Sparkline => {
    const now = analysis(question);
    if (!now) return { variationId: null, points: [] };
    if (dreams?.sparkline) return dreams.sparkline;
    const entry = opened.open(question);
    entry.sparkline ??= entry.judgement.sparkline(shown(), now);
    return entry.sparkline;
  };

  const findFirstOwn = (): Snapshot | null =>
    looks.find(({ source }) => source === 'live')?.snapshot ?? null;

  return {
    experiment: () => terms.experiment,
    latest: () => latest,
    looks: () => looks,
    curveRevision: () => curveRevision,
    revision: () => revision,

    take(snapshot) {
      if (latest && wasOvertaken(snapshot, latest)) return null;
      const isKept = isWorthKeeping({
        last: looks.at(-1)?.snapshot ?? null,
        next: snapshot,
        startedAtMs: terms.experiment.startedAtMs,
        isDecisionNew: isDecisionNew(snapshot),
      });
      latest = snapshot;
      revision += 1;
      const look: Look = { snapshot, source: 'live' };
      if (isKept) {
        looks.push(look);
        for (const entry of opened.all()) entry.judgement.keep(look);
      }
      opened.forgetAnswers();
      return isKept ? look : null;
    },

    addPast(look) {
      looks = [...looks, look].sort((a, b) => a.snapshot.asOfMs - b.snapshot.asOfMs);
      curveRevision += 1;
      revision += 1;
      reopen();
    },

    setTerms(changed) {
      const next = { ...terms, ...changed };
      if (JSON.stringify(next) === JSON.stringify(terms)) return false;
      terms = next;
      revision += 1;
      reopen();
      return true;
    },

    analysis,

    curve(question, maxPoints) {
      const now = analysis(question);
      if (!now || dreams) return [];
      const entry = opened.open(question);
      if (entry.curve?.maxPoints !== maxPoints)
        entry.curve = { maxPoints, points: entry.judgement.curve(shown(), now, maxPoints) };
      return entry.curve.points;
    },

    sparkline,

    firstOwn: () => (dreams ? firstOwn : findFirstOwn()),
    isAsleep: () => dreams !== null,
    sleep() {
      if (dreams) return;
      const answers = {
        analysis: analysis(mainQuestion) ?? undefined,
        sparkline: sparkline(mainQuestion),
      };
      firstOwn = findFirstOwn();
      if (firstOwn && firstOwn.asOfMs === latest?.asOfMs) firstOwn = latest;
      keptCall = answers.analysis?.call ?? keptCall;
      dreams = answers;
      looks = [];
      opened.clear();
    },
    wake(kept) {
      if (!dreams) return;
      dreams = null;
      looks = [...kept];
    },
  };
}

/**
 * An answer that a newer one has overtaken tells nothing. None is on its way for so long, though: if it seems to be, the
 * newer one was given by an API whose clock was ahead, and what is counted now must not wait until that moment.
 */
const wasOvertaken = (snapshot: Snapshot, latest: Snapshot): boolean =>
  snapshot.asOfMs < latest.asOfMs && latest.asOfMs - snapshot.asOfMs < LONGEST_WAY_MS;
