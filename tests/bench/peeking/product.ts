import type { Call } from '@/lib/core/analysis/call';
import type { Decision } from '@/lib/core/analysis/decide';
import type { Family } from '@/lib/core/analysis/family';
import type { FamilyMemory } from '@/lib/core/analysis/judge-look';
import { NO_MEMORY, judgeLook } from '@/lib/core/analysis/judge-look';
import { DEFAULT_SETTINGS } from '@/lib/core/analysis/settings';
import type { CreateJudge, Judge, JudgeContext } from '@/tests/bench/peeking/judge';
import { FirstCall } from '@/tests/bench/peeking/judge';
import type { Tally } from '@/tests/bench/peeking/tally';
import { add } from '@/tests/bench/peeking/tally';
import type { Counts } from '@/tests/bench/peeking/world';
import { START_MS } from '@/tests/bench/peeking/world';

export const ALPHA = 0.05;

export const toFamily = ({ world, plannedVisitors, plannedEnd, better }: JudgeContext): Family => ({
  ids: world.weights.map((_, place) => String(place)),
  reference: 0,
  weights: world.weights,
  alpha: ALPHA,
  better: better ?? 'higher',
  startedAtMs: START_MS,
  settings: { ...DEFAULT_SETTINGS, plannedVisitors, plannedEnd },
});

/** The product's own rule: `judgeLook` folded over every look, its intervals held against the truth, its calls followed. */
export const product: CreateJudge = (context) => {
  const family = toFamily(context);
  return () => new Watched(context, family);
};

class Watched implements Judge {
  private memory: FamilyMemory = NO_MEMORY;
  private readonly first: FirstCall;
  private isBlocked = false;
  private missed = { difference: false, lift: false, liftAtCall: false };
  private hasFalseBest = false;

  constructor(
    private readonly context: JudgeContext,
    private readonly family: Family,
  ) {
    this.first = new FirstCall(context.world.rates, context.marks);
  }

  look(look: number, atMs: number, counts: readonly Counts[]): void {
    const arms = counts.map(({ n, x }) => ({ n, x }));
    const { memory, judgement } = judgeLook(this.family, this.memory, { atMs, arms });
    const hasNews = memory.calls !== this.memory.calls;
    this.memory = memory;
    this.isBlocked ||= judgement.isSplitBroken;
    if (judgement.decision !== null) this.check(judgement.decision);
    if (hasNews && this.first.place === null) this.takeCall(look, counts, judgement.decision);
  }

  /** Do the intervals that are shown hold the truth? */
  private check({ arms, best }: Decision): void {
    const { rates } = this.context.world;
    const base = rates[0] ?? 0;
    arms.forEach((arm, place) => {
      if (arm?.figures.kind !== 'ready') return;
      const { differenceInterval, liftInterval } = arm.figures;
      const rate = rates[place] ?? 0;
      const difference = rate - base;
      if (difference < differenceInterval.lower || difference > differenceInterval.upper)
        this.missed.difference = true;
      if (isOutside(rate / base - 1, liftInterval)) this.missed.lift = true;
    });
    if (best !== null && rates.some((rate, place) => place !== best && rate >= (rates[best] ?? 0)))
      this.hasFalseBest = true;
  }

  private takeCall(look: number, counts: readonly Counts[], decision: Decision | null): void {
    const call = this.memory.calls.find(({ state }) => state !== 'no-difference');
    if (call === undefined) return;
    const place = Number(call.variationId);
    const isUp = (call.state === 'winner') === (this.family.better === 'higher');
    this.first.take(look, place, isUp ? 'up' : 'down', counts);
    const { rates } = this.context.world;
    const figures = decision?.arms[place]?.figures;
    if (figures?.kind === 'ready')
      this.missed.liftAtCall = isOutside(
        (rates[place] ?? 0) / (rates[0] ?? 0) - 1,
        figures.liftInterval,
      );
  }

  end(tally: Tally): void {
    this.first.end(tally);
    if (this.isBlocked) add(tally, 'blocked');
    if (this.missed.difference) add(tally, 'missedDifference');
    if (this.missed.lift) add(tally, 'missedLift');
    if (this.missed.liftAtCall) add(tally, 'missedAtCall');
    if (this.hasFalseBest) add(tally, 'falseBest');
    const decisive = this.memory.calls.filter(({ state }) => state !== 'no-difference');
    if (decisive.some(({ confirmedAtMs }) => confirmedAtMs !== null)) add(tally, 'confirmed');
    if (decisive.some(({ events }) => events.some(({ kind }) => kind === 'shaken')))
      add(tally, 'shaken');
    if (this.memory.calls.some(({ state }) => state === 'no-difference'))
      add(tally, 'noDifference');
    const gone = decisive.filter(({ withdrawn }) => withdrawn !== null);
    if (gone.length > 0) add(tally, 'withdrawn');
    const bySplit = ({ withdrawn }: Call): boolean => withdrawn?.reason.kind === 'split-broken';
    if (gone.some((call) => isConfirmed(call) && !bySplit(call))) add(tally, 'withdrawnConfirmed');
    if (gone.some((call) => isConfirmed(call) && bySplit(call))) add(tally, 'withdrawnBySplit');
  }
}

const isConfirmed = ({ confirmedAtMs }: Call): boolean => confirmedAtMs !== null;

const isOutside = (
  truth: number,
  interval: { readonly lower: number | null; readonly upper: number | null } | null,
): boolean =>
  interval !== null &&
  ((interval.lower !== null && truth < interval.lower) ||
    (interval.upper !== null && truth > interval.upper));
