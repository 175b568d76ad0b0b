import { addLook, rebuildHistory } from '@/lib/core/analysis/add-look';
import { analyse } from '@/lib/core/analysis/analyse';
import type { Family } from '@/lib/core/analysis/family';
import type { History } from '@/lib/core/analysis/history';
import { startHistory } from '@/lib/core/analysis/history';
import type { FamilyMemory } from '@/lib/core/analysis/judge-look';
import { NO_MEMORY, judgeLook } from '@/lib/core/analysis/judge-look';
import { DEFAULT_SETTINGS } from '@/lib/core/analysis/settings';
import { DEFAULT_METHOD } from '@/lib/core/experiment/question';
import type { Look, UnitProof } from '@/lib/core/experiment/snapshot';
import { toUnitProof } from '@/lib/server/experiments/unit-proof';
import { LAYERED_LOOKS } from '@/tests/bench/peeking/layered';
import type { Layered } from '@/tests/bench/peeking/layered';
import { ALPHA } from '@/tests/bench/peeking/product';
import { createRandom, hashSeed } from '@/tests/bench/peeking/random';
import type { Reports } from '@/tests/bench/peeking/reports';
import { GOALS } from '@/tests/bench/peeking/reports';
import type { Tally } from '@/tests/bench/peeking/tally';
import { add } from '@/tests/bench/peeking/tally';
import { START_MS } from '@/tests/bench/peeking/world';

/** As `runChunk`, with the product's reading of reports around the rule; `unguarded` believes the counts as they come. */
export function runLayeredChunk(
  { id, start }: Layered,
  seed: number,
  chunk: number,
  experiments: number,
): Record<string, Tally> {
  const random = createRandom(hashSeed(`${seed}:${id}`, chunk));
  const tallies = { open: {} as Tally, unguarded: {} as Tally };
  for (let i = 0; i < experiments; i += 1) {
    const unfold = start(random);
    const guarded = new Guarded();
    const unguarded = new Unguarded();
    for (let look = 0; look < LAYERED_LOOKS; look += 1) {
      const reports = unfold(look);
      guarded.look(reports);
      unguarded.look(reports);
    }
    guarded.end(tallies.open);
    unguarded.end(tallies.unguarded);
  }
  return tallies;
}

const DECISIVE = ['winner', 'several-winners', 'loser'];

/** What the product does with reports: proof of the unit, first visits where people are not counted, `addLook`, `analyse`. */
class Guarded {
  private history: History = startHistory();
  private proof: UnitProof = 'unproven';
  private readonly looks: Look[] = [];
  private isJudged = false;
  private isBlocked = false;
  private said = { winner: false, loser: false };

  look({ experiment, people, visits, first }: Reports): void {
    if (this.proof === 'unproven') {
      this.proof = toUnitProof(people, visits);
      if (this.proof === 'visitors')
        this.history = rebuildHistory(experiment, this.looks, DEFAULT_METHOD, this.proof);
    }
    const snapshot = this.proof === 'visits' && first !== null ? first : people;
    const look: Look = { snapshot, source: 'live' };
    if (this.proof === 'unproven') this.looks.push(look);
    this.history = addLook(this.history, experiment, look, DEFAULT_METHOD, this.proof);
    const { history, proof } = this;
    // Every goal is looked at; only the main one may say anything.
    for (const goalId of GOALS) {
      const method = { ...DEFAULT_METHOD, goalId };
      if (goalId !== experiment.mainGoalId && !hasGoal(snapshot, goalId)) continue;
      const { verdict, health } = analyse({ experiment, snapshot, proof, history, method });
      this.isBlocked ||= verdict.state === 'blocked';
      this.said.winner ||= verdict.winners.length > 0;
      this.said.loser ||= verdict.losers.length > 0 || DECISIVE.includes(verdict.state);
      const isOpen = health.checks.every(({ id, state }) => id !== 'unit' || state === 'passed');
      this.isJudged ||= isOpen && verdict.state !== 'blocked' && verdict.state !== 'not-applicable';
    }
    // A call that was made and is not shown any more was still made.
    for (const { state } of history.calls) {
      this.said.winner ||= state === 'winner';
      this.said.loser ||= state === 'loser';
    }
  }

  end(tally: Tally): void {
    add(tally, 'experiments');
    const { winner, loser } = this.said;
    if (winner || loser) add(tally, 'called');
    if (winner) add(tally, 'winners');
    else if (loser) add(tally, 'losers');
    if (this.isBlocked) add(tally, 'blocked');
    if (!this.isJudged) add(tally, 'withheld');
  }
}

const hasGoal = ({ arms }: Look['snapshot'], goal: (typeof GOALS)[number]): boolean =>
  arms[0]?.goals[goal] !== undefined;

/** The same rule on the counts of "people" as they come, with no question asked. */
class Unguarded {
  private memory: FamilyMemory = NO_MEMORY;

  look({ experiment, people }: Reports): void {
    const goal = experiment.mainGoalId;
    const family: Family = {
      ids: people.arms.map(({ variationId }) => variationId),
      reference: 0,
      weights: people.arms.map(() => null),
      alpha: ALPHA,
      better: 'higher',
      startedAtMs: START_MS,
      settings: DEFAULT_SETTINGS,
    };
    const arms = people.arms.map(({ visitors, goals }) => ({
      n: visitors,
      x: Math.min(visitors, goal === null ? 0 : (goals[goal]?.converted ?? 0)),
    }));
    this.memory = judgeLook(family, this.memory, { atMs: people.asOfMs, arms }).memory;
  }

  end(tally: Tally): void {
    add(tally, 'experiments');
    if (this.memory.calls.some(({ state }) => state !== 'no-difference')) add(tally, 'called');
  }
}
