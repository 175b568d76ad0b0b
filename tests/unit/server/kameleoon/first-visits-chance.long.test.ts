import { describe, expect, it } from 'vitest';
import { addLook } from '@/lib/core/analysis/add-look';
import { startHistory } from '@/lib/core/analysis/history';
import { DEFAULT_METHOD } from '@/lib/core/experiment/question';
import type { Unit } from '@/lib/core/experiment/snapshot';
import { toSnapshot } from '@/lib/server/kameleoon/translate-report';
import { wireReport } from '@/lib/server/kameleoon/wire';
import { B, GOAL, aRequest, anExperiment } from './builders';

const DAY_MS = 86_400_000;
const EXPERIMENTS = 300;
const LOOKS = 40;
const PEOPLE_A_LOOK = 120;
const RATE = 0.1;

function createRandom(seed: number): () => number {
  let state = (seed * 48_271 + 12_345) % 2_147_483_647 || 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

interface Arm {
  people: number;
  firstConverted: number;
  laterVisits: number;
  laterConverted: number;
}

/** People of one arm: whoever converts comes back with a chance, again and again, and converts each time. */
function come(arm: Arm, random: () => number, repeat: number): void {
  for (let i = 0; i < PEOPLE_A_LOOK; i += 1) {
    arm.people += 1;
    if (random() >= RATE) continue;
    arm.firstConverted += 1;
    while (random() < repeat) {
      arm.laterVisits += 1;
      arm.laterConverted += 1;
    }
  }
}

const row = (visits: number, visitors: number, converted: number) => ({
  generalData: {
    visitCount: visits,
    visitorCount: visitors,
    goalsData: { [GOAL]: { conversionCount: converted, convertedVisitCount: converted } },
  },
});

/** The answer to a report, in which converted visits are counted although people may have been asked for. */
const answer = (arms: readonly [Arm, Arm], unit: Unit) =>
  wireReport.parse({
    variationData: Object.fromEntries(
      arms.map((arm, place) => {
        const all = arm.people + arm.laterVisits;
        const breakdownData =
          unit === 'first-visits'
            ? {
                NEW: row(arm.people, arm.people, arm.firstConverted),
                RETURNING: row(arm.laterVisits, arm.laterVisits, arm.laterConverted),
              }
            : { _reference: row(all, arm.people, arm.firstConverted + arm.laterConverted) };
        return [place === 0 ? '_reference' : B, { breakdownData }];
      }),
    ),
  });

/** Share of experiments without any difference that are called at some look. */
function toCalled(repeat: number, unit: Unit): number {
  const experiment = anExperiment();
  const startedAtMs = experiment.startedAtMs ?? 0;
  let called = 0;
  for (let run = 0; run < EXPERIMENTS; run += 1) {
    const random = createRandom(1 + run * 7919);
    const empty = { people: 0, firstConverted: 0, laterVisits: 0, laterConverted: 0 };
    const arms: [Arm, Arm] = [{ ...empty }, { ...empty }];
    let history = startHistory();
    for (let look = 1; look <= LOOKS && history.calls.length === 0; look += 1) {
      for (const arm of arms) come(arm, random, repeat);
      const request = aRequest({ experiment, unit });
      const snapshot = toSnapshot(answer(arms, unit), request, startedAtMs + look * DAY_MS);
      const proof = unit === 'first-visits' ? 'visits' : 'visitors';
      const live = { snapshot, source: 'live' } as const;
      history = addLook(history, experiment, live, DEFAULT_METHOD, proof);
    }
    if (history.calls.some(({ state }) => state !== 'no-difference')) called += 1;
  }
  return called / EXPERIMENTS;
}

describe('where converters come back and an API counts their visits', () => {
  it.each([0.3, 0.5])(
    'first visits call no difference at most 5 % of the time (repeat %d)',
    (repeat) => {
      expect(toCalled(repeat, 'first-visits')).toBeLessThanOrEqual(0.05);
    },
  );

  it('visits that pass for people would be called far more often: the sample can tell', () => {
    expect(toCalled(0.5, 'visitors')).toBeGreaterThan(0.2);
  });
});
