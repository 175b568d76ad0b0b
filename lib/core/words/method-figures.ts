import figures from '@/lib/core/words/method-figures.json';

/** A rule that must come out wrong, and between which shares: shows that the simulation is not blind. */
export interface ControlFigures {
  readonly id: string;
  readonly experiments: number;
  readonly looks: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** Shares of experiments without any difference. `called`: a winner or loser at any look, all of them false. */
export interface NothingOutcome {
  readonly called: number;
  readonly winners: number;
  readonly losers: number;
  /** The split check blocked at some look. */
  readonly blocked: number;
  /** No look could be judged at all. */
  readonly withheld: number;
}

export interface NothingFigures {
  readonly id: string;
  readonly group: 'rates' | 'splits' | 'arms' | 'looks' | 'traffic' | 'data';
  readonly rates: readonly number[];
  readonly weights: readonly number[];
  /** People of one experiment at its last look. */
  readonly visitors: number;
  readonly looks: number;
  readonly experiments: number;
  /** Nobody planned an end. */
  readonly open: NothingOutcome;
  /** An end was planned, half way; null where that was not run. */
  readonly planned: NothingOutcome | null;
  /** What would be called if the counts were believed as they come; null where there is nothing to doubt. */
  readonly unguarded: number | null;
}

export interface EffectOutcome {
  /** Called, in the right direction, by then. */
  readonly powerAtPlan: number;
  readonly powerAtTwice: number;
  readonly wrong: number;
  /** The interval that is shown missed the truth at any look. */
  readonly missedDifference: number;
  readonly missedLift: number;
  /** Of those called: the lift interval missed at the call. */
  readonly missedAtCall: number;
  /** People of the experiment at the call, of those called. */
  readonly meanPeople: number;
}

export interface EffectFigures {
  readonly id: string;
  readonly rates: readonly number[];
  readonly weights: readonly number[];
  /** People of the experiment that one fixed test needs for 80 % power. */
  readonly plan: number;
  readonly looks: number;
  readonly experiments: number;
  readonly open: EffectOutcome;
  readonly planned: EffectOutcome;
}

export interface RivalFigures {
  readonly id: 'ours' | 'ours-planned' | 'growthbook' | 'eppo' | 'statsig' | 'chance' | 'fixed';
  /** A/A: 50/50 at 5 %, 90/10 at 5 %, 95/5 at 1 %, and 50/50 at 0.5 % with 25 conversions an arm at the end. */
  readonly falseCalls: {
    readonly even: number;
    readonly uneven: number;
    readonly extreme: number;
    readonly few: number;
  };
  /** +10 % on 5 %, 50/50, watched to twice the plan. */
  readonly powerAtPlan: number;
  readonly powerAtTwice: number;
  readonly meanPeople: number;
  /** Of its calls there: the rule would not say so any more at the last look. Ours: withdrawn for good. */
  readonly withdrawn: number;
}

export interface LifeFigures {
  readonly id: string;
  readonly lift: number;
  readonly looks: number;
  readonly days: number;
  readonly visitors: number;
  readonly experiments: number;
  /** Shares of experiments. */
  readonly called: number;
  readonly confirmed: number;
  readonly shaken: number;
  /** A confirmed call was withdrawn because the interval fell back. */
  readonly withdrawn: number;
  /** The same, of those confirmed. */
  readonly withdrawnOfCalls: number;
  /** A confirmed call was withdrawn because the split check failed by chance. */
  readonly withdrawnBySplit: number;
}

/** What the simulations found; every share is a fraction. */
export interface MethodFigures {
  readonly seed: number;
  readonly experiments: number;
  readonly controls: readonly ControlFigures[];
  readonly nothing: readonly NothingFigures[];
  readonly effects: readonly EffectFigures[];
  readonly rivals: readonly RivalFigures[];
  readonly life: readonly LifeFigures[];
}

/** Written by `npm run bench:peeking` alone. */
export const METHOD_FIGURES = figures as MethodFigures;
