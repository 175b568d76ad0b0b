import { binomial, multinomial } from '@/tests/bench/peeking/binomial';
import type { Random } from '@/tests/bench/peeking/random';
import type { ArmReport, Reports } from '@/tests/bench/peeking/reports';
import { toExperiment, toSnapshot } from '@/tests/bench/peeking/reports';
import { DAY_MS, HOUR_MS, START_MS } from '@/tests/bench/peeking/world';

export const lookAtMs = (look: number): number => START_MS + 8 * DAY_MS + look * 6 * HOUR_MS;

export interface Returning {
  /** Share of those who have just converted who come back before the next look and convert again. */
  readonly repeat: number;
  /** Whether the API's report of people counts people, or visits. */
  readonly isHonest: boolean;
  readonly hasFirstVisits: boolean;
}

const WEIGHTS = [0.5, 0.5];
const PER_LOOK = 500;
const RATE = 0.05;
/** Share of those who did not convert who come back once; they then convert like anyone. */
const SECOND_CHANCE = 0.2;

interface ArmState {
  people: number;
  visits: number;
  firstConverted: number;
  peopleConverted: number;
  visitsConverted: number;
  /** Who converted, and who did not, before the last look: those who may come back. */
  active: number;
  open: number;
}

/** A/A with people who return: converters convert again and again, others get a second chance. */
export function returning({ repeat, isHonest, hasFirstVisits }: Returning) {
  const experiment = toExperiment(WEIGHTS);
  return (random: Random) => {
    const arms = WEIGHTS.map((): ArmState => ({
      people: 0,
      visits: 0,
      firstConverted: 0,
      peopleConverted: 0,
      visitsConverted: 0,
      active: 0,
      open: 0,
    }));
    return (look: number): Reports => {
      const arrived = multinomial(random, PER_LOOK, WEIGHTS);
      arms.forEach((arm, place) => step(random, arm, arrived[place] ?? 0, repeat));
      const atMs = lookAtMs(look);
      const report = (pick: (arm: ArmState) => ArmReport): ArmReport[] => arms.map(pick);
      const byVisits = report(({ people, visits, visitsConverted }) => ({
        visitors: people,
        visits,
        converted: [visitsConverted],
      }));
      const byPeople = report(({ people, visits, peopleConverted }) => ({
        visitors: people,
        visits,
        converted: [peopleConverted],
      }));
      const byFirst = report(({ people, firstConverted }) => ({
        visitors: people,
        visits: people,
        converted: [firstConverted],
      }));
      return {
        experiment,
        people: toSnapshot('visitors', atMs, isHonest ? byPeople : byVisits),
        visits: toSnapshot('visits', atMs, byVisits),
        first: hasFirstVisits ? toSnapshot('first-visits', atMs, byFirst) : null,
      };
    };
  };
}

function step(random: Random, arm: ArmState, arrived: number, repeat: number): void {
  const again = binomial(random, arm.active, repeat);
  const back = binomial(random, arm.open, SECOND_CHANCE);
  const late = binomial(random, back, RATE);
  const first = binomial(random, arrived, RATE);
  arm.people += arrived;
  arm.visits += arrived + again + back;
  arm.firstConverted += first;
  arm.peopleConverted += first + late;
  arm.visitsConverted += first + late + again;
  arm.active = first + late + again;
  arm.open = arrived - first;
}
