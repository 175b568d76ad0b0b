/** The band where there is a conclusion: winner, several winners, harm, no difference. */
import type { Analysis, ArmReading } from '@/lib/core/analysis/analysis';
import { fact, liftSentence, type BandInput, type BandParts } from '@/lib/core/words/band-parts';
import { changeFact, lifeContext } from '@/lib/core/words/band-life';
import { callInWords } from '@/lib/core/words/call-life';
import { dailyCost } from '@/lib/core/words/pace';
import type { Phrase } from '@/lib/core/words/phrase';
import {
  allReasons,
  armOf,
  findReason,
  goalNameOf,
  nameOf,
  namesOf,
  rangeValues,
  referenceNameOf,
} from '@/lib/core/words/reading-facts';
import { say } from '@/lib/core/words/say';

const sinceWhen = ({ reading, formats, nowMs }: BandInput) =>
  fact('band.label.sinceWhen', callInWords(reading, formats, nowMs));

const tooSmall = (arm: ArmReading | null) =>
  findReason(arm?.comparison?.reasons ?? [], 'too-small-to-matter');

export function winnerParts(input: BandInput): BandParts {
  const { reading, analysis, formats } = input;
  const id = analysis.verdict.variationId ?? analysis.verdict.winners[0] ?? null;
  const arm = armOf(analysis, id);
  const small = tooSmall(arm) ?? findReason(analysis.verdict.reasons, 'too-small-to-matter');
  const beaten = findReason(analysis.verdict.reasons, 'beats-all')?.others ?? [];
  const others = beaten.filter((other) => other !== id && other !== analysis.referenceId);
  const name = nameOf(reading, id);
  return {
    headline: small ? say('band.winner.tooSmall', { name }) : say('band.winner.headline', { name }),
    sentence: liftSentence(input, arm),
    context: small
      ? say('band.winner.tooSmallContext', { limit: formats.limit(small.smallestEffect) })
      : (lifeContext(input, arm) ??
        say('band.winner.context', {
          better: analysis.method.better,
          hasOthers: others.length > 0 ? 'yes' : 'no',
          others: namesOf(reading, others, formats),
        })),
    facts: [sinceWhen(input), changeFact(input, 'band.fact.changeWin')],
  };
}

export function severalParts(input: BandInput): BandParts {
  const { reading, analysis, formats } = input;
  const winners = byLift(analysis, analysis.verdict.winners);
  const n = winners.length;
  const lift = (arm: ArmReading | undefined): string =>
    formats.signedPercent(arm?.comparison?.lift ?? 0);
  return {
    headline: say('band.several.headline', {
      n,
      names: namesOf(
        reading,
        winners.map((arm) => arm.variationId),
        formats,
      ),
    }),
    sentence: say('band.several.sentence', {
      n,
      first: lift(winners[0]),
      second: lift(winners.at(-1)),
      goal: goalNameOf(reading),
      reference: referenceNameOf(reading),
    }),
    context: say('band.several.context', { n, better: analysis.method.better }),
    facts: [sinceWhen(input), fact('band.label.apart', apart(input))],
  };
}

/** Their own interval against each other; never an invented time. */
function apart({ reading, analysis, formats }: BandInput): Phrase {
  const { winners } = analysis.verdict;
  const pair = findReason(analysis.verdict.reasons, 'none-best')?.pairs.find(
    ({ betterId, otherId }) => winners.includes(betterId) && winners.includes(otherId),
  );
  const range = rangeValues(pair?.liftInterval ?? null, formats);
  if (pair === undefined || range.range !== 'both') return say('band.fact.apartUnknown');
  return say('band.fact.apart', {
    better: nameOf(reading, pair.betterId),
    other: nameOf(reading, pair.otherId),
    lower: range.lower,
    upper: range.upper,
  });
}

export function loserParts(input: BandInput): BandParts {
  const { reading, analysis, formats } = input;
  const { losers } = analysis.verdict;
  const worst = byLift(analysis, losers).at(-1) ?? null;
  const small = losers.length === 1 ? tooSmall(worst) : undefined;
  const name = nameOf(reading, worst?.variationId ?? null);
  const many = say('band.harm.headlineMany', {
    n: losers.length,
    names: namesOf(reading, losers, formats),
  });
  const one = say(small ? 'band.harm.tooSmall' : 'band.harm.headline', { name });
  return {
    headline: losers.length > 1 ? many : one,
    sentence: liftSentence(input, worst, losers.length > 1 ? 'band.harm.worst' : 'band.lift'),
    context: small
      ? say('band.winner.tooSmallContext', { limit: formats.limit(small.smallestEffect) })
      : (lifeContext(input, worst) ?? costOf(input, worst)),
    facts: [sinceWhen(input), changeFact(input, 'band.fact.changeHarm')],
  };
}

function costOf({ reading, analysis, formats }: BandInput, arm: ArmReading | null): Phrase {
  const cost = arm && dailyCost(arm, reading.experiment, analysis);
  const { better } = analysis.method;
  if (!cost || reading.experiment.status !== 'active') return say('band.harm.stop', { better });
  return say(better === 'lower' ? 'band.harm.dailyMore' : 'band.harm.daily', {
    n: cost.mid,
    low: formats.count(cost.low),
    high: formats.count(cost.high),
  });
}

export function noDifferenceParts(input: BandInput): BandParts {
  const { reading, analysis, formats } = input;
  const limit = findReason(allReasons(analysis), 'too-small-to-matter')?.smallestEffect;
  return {
    headline: say('band.noDifference.headline'),
    sentence: say('band.noDifference.sentence', {
      ...hull(input),
      goal: goalNameOf(reading),
    }),
    context: say('band.noDifference.context', {
      limit: formats.limit(limit ?? analysis.method.smallestEffect),
    }),
    facts: [sinceWhen(input), fact('band.label.change', say('band.fact.changeNone'))],
  };
}

/** The widest reach of all intervals: what no variation lies outside of. */
function hull({ analysis, formats }: BandInput): { lower: string; upper: string } {
  const ends = analysis.arms.flatMap((arm) => {
    const interval = arm.comparison?.liftInterval;
    return interval ? [interval.lower ?? 0, interval.upper ?? 0] : [];
  });
  return {
    lower: formats.signedPercent(Math.min(0, ...ends)),
    upper: formats.signedPercent(Math.max(0, ...ends)),
  };
}

/** The best first, which is the lowest where lower is better. */
function byLift(analysis: Analysis, ids: Analysis['verdict']['winners']): readonly ArmReading[] {
  const way = analysis.method.better === 'lower' ? -1 : 1;
  return analysis.arms
    .filter((arm) => ids.includes(arm.variationId))
    .toSorted((a, b) => way * ((b.comparison?.lift ?? 0) - (a.comparison?.lift ?? 0)));
}
