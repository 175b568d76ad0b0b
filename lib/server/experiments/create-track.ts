import 'server-only';
import type { Analysis } from '@/lib/core/analysis/analysis';
import { toGoalTable } from '@/lib/core/analysis/goal-table';
import type { History } from '@/lib/core/analysis/history';
import type { Outlook } from '@/lib/core/analysis/outlook/outlook';
import type { Question } from '@/lib/core/experiment/question';
import { questionKey, toQuestion } from '@/lib/core/experiment/question';
import type { Look, Snapshot } from '@/lib/core/experiment/snapshot';
import type { Sparkline } from '@/lib/core/live/reading';
import { isWorthKeeping } from '@/lib/server/experiments/is-worth-keeping';
import type { Told } from '@/lib/server/experiments/judge';
import { createAnswers, NO_SPARKLINE } from '@/lib/server/experiments/answers';
import { ofKind } from '@/lib/server/experiments/one-kind';
import { openPast } from '@/lib/server/experiments/past';
import { createOpenedJudgements } from '@/lib/server/experiments/opened-judgements';
import type { Terms } from '@/lib/server/experiments/terms';
import { toBasis } from '@/lib/server/experiments/terms';
import type { Track } from '@/lib/server/experiments/track';
import type { KeptHistory } from '@/lib/server/store/history-repository';

interface Dreams {
  readonly analysis: Analysis | null;
  readonly sparkline: Sparkline;
  readonly outlook: Outlook | null;
}

export interface TrackOptions {
  readonly terms: Terms;
  /** Kept looks, oldest first. */
  readonly looks: readonly Look[];
  readonly latest: Snapshot | null;
  /** What was told by the main method in an earlier process. */
  readonly kept: KeptHistory | null;
}

export function createTrack(options: TrackOptions): Track {
  let { terms } = options;
  let looks = [...options.looks];
  let latest = options.latest ?? looks.at(-1)?.snapshot ?? null;
  let revision = 0;
  let curveRevision = looks.filter((look) => look.source === 'backfill').length;
  let firstOwn: Snapshot | null = null;
  let dreams: Dreams | null = null;
  let told: Told | null = options.kept && {
    history: options.kept.history,
    isCurrent: options.kept.basis === toBasis(terms, curveRevision),
  };

  const mainQuestion = toQuestion(terms.experiment.id);
  const mainKey = questionKey(mainQuestion);

  const opened = createOpenedJudgements({
    main: mainQuestion,
    terms: () => terms,
    looks: () => looks,
    told: () => told,
  });

  const history = (): History =>
    dreams && told ? told.history : opened.main().judgement.history();

  /** What was told stays told; whether it is gone on with, or looks are judged anew beside it. */
  const reopen = (isCurrent: boolean): void => {
    told = { history: history(), isCurrent };
    opened.clear();
  };

  const answers = createAnswers({
    opened,
    main: mainQuestion,
    terms: () => terms,
    latest: () => latest,
    looks: () => looks,
  });

  /** Calls, and their confirmation, rest on kept looks: the one that changes a decision must be among them. */
  const isDecisionNew = (snapshot: Snapshot): boolean => {
    const last = looks.at(-1);
    if (!last) return true;
    opened.main();
    return opened
      .all()
      .some(({ judgement }) => judgement.isNews(last, { snapshot, source: 'live' }));
  };

  /** What was answered last by the main method, while it sleeps. */
  const dreamt = (question: Question): Dreams | null =>
    dreams && questionKey(question) === mainKey ? dreams : null;

  const findFirstOwn = (): Snapshot | null =>
    ofKind(looks, latest).find(({ source }) => source === 'live')?.snapshot ?? null;

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
        // They may have been opened on looks that this one is not among yet.
        opened.main();
        looks.push(look);
        for (const entry of opened.all()) entry.judgement.keep(look);
      }
      opened.forgetAnswers();
      return isKept ? look : null;
    },

    addPast(look) {
      reopen(false);
      looks = [...looks, look].sort((a, b) => a.snapshot.asOfMs - b.snapshot.asOfMs);
      curveRevision += 1;
      revision += 1;
    },

    drop(dropped) {
      if (dreams || dropped.size === 0) return;
      looks = looks.filter(
        ({ source, snapshot }) => source !== 'live' || !dropped.has(snapshot.asOfMs),
      );
      revision += 1;
      opened.forgetAnswers();
    },

    setTerms(changed) {
      const next = { ...terms, ...changed };
      if (JSON.stringify(next) === JSON.stringify(terms)) return false;
      reopen(toBasis(next, curveRevision) === toBasis(terms, curveRevision));
      terms = next;
      revision += 1;
      return true;
    },

    history: () => ({ history: history(), basis: toBasis(terms, curveRevision) }),
    analysis: (question) =>
      dreams ? (dreamt(question)?.analysis ?? null) : answers.analysis(question),
    sparkline: (question) =>
      dreams ? (dreamt(question)?.sparkline ?? NO_SPARKLINE) : answers.sparkline(question),
    outlook: (question) =>
      dreams ? (dreamt(question)?.outlook ?? null) : answers.outlook(question),
    curve: (question, maxPoints) => (dreams ? [] : answers.curve(question, maxPoints)),
    goals: (method) =>
      latest && toGoalTable({ ...terms, snapshot: latest, history: history(), method }),
    leaderLift: (look) => (dreams ? null : answers.leaderLift(look)),
    past(method, atMs) {
      if (dreams) return null;
      const isMain = questionKey({ ...mainQuestion, method }) === mainKey;
      return openPast({ terms, method, looks, told: isMain ? history() : null, atMs });
    },

    firstOwn: () => (dreams ? firstOwn : findFirstOwn()),
    isAsleep: () => dreams !== null,
    sleep() {
      if (dreams) return;
      const last: Dreams = {
        analysis: answers.analysis(mainQuestion),
        sparkline: answers.sparkline(mainQuestion),
        outlook: answers.outlook(mainQuestion),
      };
      firstOwn = findFirstOwn();
      if (firstOwn && firstOwn.asOfMs === latest?.asOfMs) firstOwn = latest;
      reopen(true);
      dreams = last;
      looks = [];
    },
    wake(kept) {
      if (!dreams) return;
      dreams = null;
      looks = [...kept];
    },
  };
}

/** From asking for a report to taking it: a minute for the job, and one for waits before it. */
const LONGEST_WAY_MS = 120_000;

/**
 * An answer that a newer one has overtaken tells nothing. None is on its way for so long, though: if it seems to be, the
 * newer one was given by an API whose clock was ahead, and what is counted now must not wait until that moment.
 */
const wasOvertaken = (snapshot: Snapshot, latest: Snapshot): boolean =>
  snapshot.asOfMs < latest.asOfMs && latest.asOfMs - snapshot.asOfMs < LONGEST_WAY_MS;
