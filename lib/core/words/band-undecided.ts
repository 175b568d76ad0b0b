/** The band where there is no conclusion yet: collecting, inconclusive, or a goal that is only explored. */
import type { Reason } from '@/lib/core/analysis/reason';
import { arrivalInWords, waitingInWords } from '@/lib/core/words/outlook-words';
import {
  fact,
  liftSentence,
  type BandInput,
  type BandParts,
  type Fact,
} from '@/lib/core/words/band-parts';
import { timeUntilPeopleMs } from '@/lib/core/words/pace';
import type { Phrase } from '@/lib/core/words/phrase';
import {
  allReasons,
  armOf,
  findReason,
  goalNameOf,
  mainGoalNameOf,
  nameOf,
  rangeValues,
} from '@/lib/core/words/reading-facts';
import { say } from '@/lib/core/words/say';

type FewDays = Extract<Reason, { kind: 'few-days' }>;

const DAY_MS = 24 * 60 * 60 * 1000;

export function collectingParts(input: BandInput): BandParts {
  const fewDays = findReason(allReasons(input.analysis), 'few-days');
  return fewDays ? fewDaysParts(input, fewDays) : fewCountsParts(input);
}

function fewDaysParts(input: BandInput, reason: FewDays): BandParts {
  const { reading, analysis, formats, nowMs } = input;
  const arm = armOf(analysis, aheadId(input));
  const left = Math.max(1, Math.ceil((reason.untilMs - analysis.asOfMs) / DAY_MS));
  return {
    tagWords: say('band.tag.collectingDays', { days: reason.days, needed: reason.neededDays }),
    progress: reason.days / reason.neededDays,
    headline: say('band.early.callHeadline'),
    sentence: say('band.early.ahead', {
      name: nameOf(reading, arm?.variationId ?? null),
      goal: goalNameOf(reading),
      ...rangeValues(arm?.comparison?.liftInterval ?? null, formats),
    }),
    context: say('band.early.fullDays', { needed: reason.neededDays }),
    facts: [
      fact(
        'band.label.missing',
        say('band.fact.daysUntil', { days: left, moment: formats.moment(reason.untilMs, nowMs) }),
      ),
      fact('band.label.sooner', say('band.fact.harmSooner')),
    ],
  };
}

/** Who waits for its seven days: the arm that carries the reason, else the leader. */
function aheadId({ analysis }: BandInput) {
  const waiting = analysis.arms.find((arm) =>
    findReason(arm.comparison?.reasons ?? [], 'few-days'),
  );
  return waiting?.variationId ?? analysis.leaderId;
}

function fewCountsParts(input: BandInput): BandParts {
  const { formats } = input;
  const progress = gateProgress(input);
  return {
    progress,
    headline: say('band.early.showHeadline'),
    sentence: missingPeople(input),
    context: say('band.early.noFigure'),
    facts: [
      fact('band.label.reached', say('band.fact.gate', { share: formats.wholePercent(progress) })),
      fact('band.label.when', aboutWhen(input)),
    ],
  };
}

/** The slowest comparison: the gate is reached when the last one passes it. */
const gateProgress = ({ analysis }: BandInput): number =>
  Math.min(1, ...analysis.arms.map((arm) => arm.comparison?.gateProgress ?? 1));

const missingCount = ({ analysis }: BandInput): number | null =>
  findReason(allReasons(analysis), 'few-counts')?.missing ?? null;

function missingPeople(input: BandInput): Phrase {
  const { reading, analysis, formats, nowMs } = input;
  const people = analysis.arms.reduce((sum, arm) => sum + arm.visitors, 0);
  const { startedAtMs } = reading.experiment;
  if (startedAtMs !== null && findReason(allReasons(analysis), 'no-conversions'))
    return say('band.early.noConversions', { people, day: formats.day(startedAtMs, nowMs) });
  const missing = missingCount(input);
  return missing === null
    ? say('band.early.missingUnknown')
    : say('band.early.missing', { missing });
}

function aboutWhen(input: BandInput): Phrase {
  const { reading, analysis, formats } = input;
  if (findReason(allReasons(analysis), 'no-conversions')) return say('band.fact.whenConverted');
  const missing = missingCount(input);
  const wait = missing === null ? null : timeUntilPeopleMs(missing, reading.experiment, analysis);
  if (wait === null || reading.experiment.status !== 'active') return say('band.fact.whenUnknown');
  return say('band.fact.aboutIn', { duration: formats.duration(wait) });
}

export function inconclusiveParts(input: BandInput): BandParts {
  const { reading, analysis, formats, nowMs } = input;
  const isPair = analysis.arms.length <= 2;
  const leader = armOf(analysis, analysis.leaderId);
  const { call } = analysis;
  return {
    headline: say('band.undecided.headline'),
    sentence: liftSentence(input, leader, isPair ? 'band.lift' : 'band.namedLift'),
    context: call
      ? say(
          call.unit === analysis.unit
            ? 'band.undecided.earlierPeriod'
            : 'band.undecided.earlierUnit',
          { name: nameOf(reading, call.variationId), day: formats.day(call.calledAtMs, nowMs) },
        )
      : say('band.undecided.context'),
    facts: [whenDecided(input), whatWaitingCosts(input)],
  };
}

/** Of an undecided test: the range of days with its basis, or why none can be named. */
function whenDecided({ reading, analysis, formats, nowMs }: BandInput): Fact {
  const { outlook } = reading;
  const { plannedEffect } = analysis.method;
  const words = outlook && arrivalInWords(outlook.arrival, plannedEffect, formats, nowMs);
  return words === null
    ? fact('band.label.missing', say('band.fact.noPlan'))
    : fact('outlook.label.when', words);
}

function whatWaitingCosts({ reading }: BandInput): Fact {
  const { outlook } = reading;
  const words = outlook && waitingInWords(outlook, reading);
  return words === null
    ? fact('band.label.changeThis', say('band.fact.bandLeaves'))
    : fact('outlook.label.waiting', words);
}

export function exploratoryParts(input: BandInput): BandParts {
  const { reading, analysis } = input;
  const leader = armOf(analysis, analysis.leaderId);
  return {
    headline: say('band.exploratory.headline'),
    sentence: liftSentence(input, leader, 'band.namedLift') ?? missingPeople(input),
    context: say('band.exploratory.context', { goal: mainGoalNameOf(reading) }),
    facts: [
      fact('band.label.why', say('band.fact.exploratory')),
      fact('band.label.changeThis', say('band.fact.mainGoal')),
    ],
  };
}
