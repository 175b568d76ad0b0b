import 'server-only';
import { LRUCache } from 'lru-cache';
import type { Analysis, Call, CurvePoint } from '@/lib/core/analysis/analysis';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { Question } from '@/lib/core/experiment/question';
import { questionKey, toQuestion } from '@/lib/core/experiment/question';
import type { Look, Snapshot } from '@/lib/core/experiment/snapshot';
import type { Sparkline } from '@/lib/core/live/reading';
import { isWorthKeeping } from '@/lib/server/experiments/is-worth-keeping';
import type { Judgement, Terms } from '@/lib/server/experiments/judge';
import { openJudgement } from '@/lib/server/experiments/judge';

/** Ways of judging one experiment that are kept warm; goals and references come from the page's address. */
const MAX_METHODS = 24;

/** One experiment in memory: its kept looks, its newest snapshot, and the decisions on them. */
export interface Track {
  experiment(): Experiment;
  latest(): Snapshot | null;
  looks(): readonly Look[];
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
}

export interface TrackOptions {
  readonly terms: Terms;
  /** Kept looks, oldest first. */
  readonly looks: readonly Look[];
  readonly latest: Snapshot | null;
  /** The last call by the main method, made in an earlier process. */
  readonly keptCall: Call | null;
}

interface Opened {
  readonly judgement: Judgement;
  /** Answers on the present looks; dropped whenever a look comes in. */
  analysis?: Analysis | undefined;
  sparkline?: Sparkline | undefined;
  curve?: { readonly maxPoints: number; readonly points: readonly CurvePoint[] } | undefined;
}

export function createTrack(options: TrackOptions): Track {
  let { terms, keptCall } = options;
  let looks = [...options.looks];
  let latest = options.latest ?? looks.at(-1)?.snapshot ?? null;
  let curveRevision = looks.filter((look) => look.source === 'backfill').length;
  const opened = new LRUCache<string, Opened>({ max: MAX_METHODS });

  const mainQuestion = toQuestion(terms.experiment.id);
  const mainKey = questionKey(mainQuestion);

  const open = (question: Question): Opened => {
    const key = questionKey(question);
    const known = opened.get(key);
    if (known) return known;
    const { method } = question;
    const fresh: Opened = {
      judgement: openJudgement({
        terms,
        method,
        looks,
        keptCall: key === mainKey ? keptCall : null,
      }),
    };
    opened.set(key, fresh);
    return fresh;
  };

  /** Everything must be judged anew; what was called stays called. */
  const reopen = (): void => {
    keptCall = opened.get(mainKey)?.analysis?.call ?? keptCall;
    opened.clear();
  };

  const forgetAnswers = (): void => {
    // In place: to set an entry while walking over them puts it before the walker again, without end.
    for (const entry of opened.values()) {
      entry.analysis = undefined;
      entry.sparkline = undefined;
      entry.curve = undefined;
    }
  };

  /** The newest snapshot as a look, after which no kept one comes. */
  const shown = (): readonly Look[] =>
    latest && latest.asOfMs > (looks.at(-1)?.snapshot.asOfMs ?? Number.NEGATIVE_INFINITY)
      ? [...looks, { snapshot: latest, source: 'live' }]
      : looks;

  const analysis = (question: Question): Analysis | null => {
    if (!latest) return null;
    const entry = open(question);
    entry.analysis ??= entry.judgement.analyse({ snapshot: latest, source: 'live' });
    return entry.analysis;
  };

  /** Calls, and their confirmation, rest on kept looks: the one that changes a decision must be among them. */
  const isDecisionNew = (next: Snapshot): boolean => {
    const last = looks.at(-1);
    if (!last) return true;
    open(mainQuestion);
    return [...opened.values()].some(({ judgement }) => {
      const before = judgement.analyse(last);
      const after = judgement.analyse({ snapshot: next, source: 'live' });
      return hasFallen(before) || toDecision(before) !== toDecision(after);
    });
  };

  return {
    experiment: () => terms.experiment,
    latest: () => latest,
    looks: () => looks,
    curveRevision: () => curveRevision,

    take(snapshot) {
      // An answer that was overtaken by a newer one tells nothing.
      if (latest && snapshot.asOfMs < latest.asOfMs) return null;
      const isKept = isWorthKeeping({
        last: looks.at(-1)?.snapshot ?? null,
        next: snapshot,
        startedAtMs: terms.experiment.startedAtMs,
        isDecisionNew: isDecisionNew(snapshot),
      });
      latest = snapshot;
      const look: Look = { snapshot, source: 'live' };
      if (isKept) {
        looks.push(look);
        for (const entry of opened.values()) entry.judgement.keep(look);
      }
      forgetAnswers();
      return isKept ? look : null;
    },

    addPast(look) {
      looks = [...looks, look].sort((a, b) => a.snapshot.asOfMs - b.snapshot.asOfMs);
      curveRevision += 1;
      reopen();
    },

    setTerms(changed) {
      const next = { ...terms, ...changed };
      if (JSON.stringify(next) === JSON.stringify(terms)) return false;
      terms = next;
      reopen();
      return true;
    },

    analysis,

    curve(question, maxPoints) {
      const now = analysis(question);
      if (!now) return [];
      const entry = open(question);
      if (entry.curve?.maxPoints !== maxPoints)
        entry.curve = { maxPoints, points: entry.judgement.curve(shown(), now, maxPoints) };
      return entry.curve.points;
    },

    sparkline(question) {
      const now = analysis(question);
      if (!now) return { variationId: null, points: [] };
      const entry = open(question);
      entry.sparkline ??= entry.judgement.sparkline(shown(), now);
      return entry.sparkline;
    },
  };
}

const toDecision = ({ verdict, health, call }: Analysis): string =>
  JSON.stringify([
    verdict.state,
    verdict.variationId,
    verdict.winners,
    verdict.losers,
    health.state,
    call,
  ]);

/** Counts that fell are accepted after three agreeing looks (A12.10), which must be kept for that. */
const hasFallen = ({ health }: Analysis): boolean =>
  health.checks.some((check) => check.reasons.some((reason) => reason.kind === 'counts-fell'));
