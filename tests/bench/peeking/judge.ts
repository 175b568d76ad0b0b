import type { Tally } from '@/tests/bench/peeking/tally';
import type { Counts, World } from '@/tests/bench/peeking/world';

/** One rule watching one experiment. */
export interface Judge {
  /** Counts are cumulative; the array is the world's own and changes after the call. */
  readonly look: (look: number, atMs: number, arms: readonly Counts[]) => void;
  /** Adds this experiment's outcome. */
  readonly end: (tally: Tally) => void;
}

export interface JudgeContext {
  readonly world: World;
  /** N* of a comparison, where the rule has one to set. */
  readonly plannedVisitors: number;
  /** Planned people of the whole experiment, where a planned end was set. */
  readonly plannedEnd: number | null;
  /** Looks up to which power is told. */
  readonly marks: readonly number[];
  readonly better?: 'higher' | 'lower';
}

export type CreateJudge = (context: JudgeContext) => () => Judge;

/** What every rule is told by: the first call of any arm, whichever way, and whether it was right. */
export class FirstCall {
  private look: number | null = null;
  private isRight = false;
  private people = 0;
  private direction: 'up' | 'down' | null = null;

  constructor(
    private readonly rates: readonly number[],
    private readonly marks: readonly number[],
  ) {}

  get place(): number | null {
    return this.look;
  }

  /** `arm` is the place of the variation that was called; only the first call of an experiment counts. */
  take(look: number, arm: number, direction: 'up' | 'down', arms: readonly Counts[]): void {
    if (this.look !== null) return;
    this.look = look;
    this.direction = direction;
    this.people = arms.reduce((sum, { n }) => sum + n, 0);
    const effect = (this.rates[arm] ?? 0) - (this.rates[0] ?? 0);
    this.isRight = direction === 'up' ? effect > 0 : effect < 0;
  }

  end(tally: Tally): void {
    tally.experiments = (tally.experiments ?? 0) + 1;
    if (this.look === null) return;
    const add = (name: string, amount = 1): void => {
      tally[name] = (tally[name] ?? 0) + amount;
    };
    add('called');
    add(this.direction === 'up' ? 'winners' : 'losers');
    if (!this.isRight) add('wrong');
    add('people', this.people);
    const at = this.look;
    this.marks.forEach((mark, place) => {
      if (this.isRight && at <= mark) add(`rightBy${place}`);
    });
  }
}
