/** One reading for each state of the band, with the figures of the design's own examples. */
import {
  aCall,
  aComparison,
  aHealth,
  anArm,
  anExperiment,
  aReading,
  aVerdict,
  DAY_MS,
  id,
  lifted,
  NOW_MS,
  START_MS,
  type ReadingChange,
} from './reading';
import type { Experiment } from '@/lib/core/experiment/experiment';

const of = (names: readonly string[], goal: string): Partial<Experiment> => ({
  variations: names.map((name, place) => ({
    id: id(place),
    name,
    isOriginal: place === 0,
    weight: 1 / names.length,
  })),
  goals: [{ ...anExperiment().goals[0]!, name: goal }],
});

const winnerArms = [
  anArm(0),
  lifted(1, 17.6, 5.1, 31.5, { state: 'winner' }),
  lifted(2, 0.9, -10.2, 13.4),
  lifted(3, -1.7, -12.6, 10.5),
];

const WINNER: ReadingChange = {
  analysis: {
    arms: winnerArms,
    verdict: aVerdict({
      state: 'winner',
      variationId: id(1),
      winners: [id(1)],
      reasons: [{ kind: 'beats-all', others: [id(0), id(2), id(3)] }],
    }),
    call: aCall(),
  },
};

const split = {
  kind: 'split-broken',
  p: 0.00003,
  configured: [0.5, 0.5],
  observed: [0.54, 0.46],
} as const;

export const STATES = {
  winner: aReading(WINNER),
  unconfirmed: aReading({
    analysis: { ...WINNER.analysis, call: aCall({ confirmedAtMs: null }) },
  }),
  severalWinners: aReading({
    experiment: of(['Original', 'Photo', 'Video'], 'Appointment booked'),
    analysis: {
      arms: [anArm(0), lifted(1, 9.2, 3, 16), lifted(2, 7.9, 1.8, 14.4)],
      verdict: aVerdict({
        state: 'several-winners',
        winners: [id(1), id(2)],
        reasons: [
          {
            kind: 'none-best',
            pairs: [
              {
                betterId: id(1),
                otherId: id(2),
                lift: 0.012,
                liftInterval: { lower: -0.021, upper: 0.049 },
              },
            ],
          },
        ],
      }),
      call: aCall({ state: 'winner', variationId: id(1) }),
    },
  }),
  harm: aReading({
    experiment: {
      ...of(['Original', 'After tax'], 'Order placed'),
      startedAtMs: NOW_MS - 3 * DAY_MS,
    },
    analysis: {
      day: 3,
      arms: [
        anArm(0),
        lifted(1, -11.6, -19.8, -3.1, {
          state: 'loser',
          difference: -0.00232,
          differenceInterval: { lower: -0.00396, upper: -0.00061 },
        }),
      ],
      verdict: aVerdict({ state: 'loser', variationId: id(1), losers: [id(1)] }),
      call: aCall({
        state: 'loser',
        calledAtMs: Date.UTC(2026, 4, 17, 9, 20),
        day: 3,
        confirmedAtMs: null,
      }),
    },
  }),
  loserAside: aReading({
    analysis: {
      arms: [
        anArm(0),
        lifted(1, 2.4, -3.9, 9.1),
        lifted(2, 0.9, -10.2, 13.4),
        lifted(3, -14, -22.4, -4.8, { state: 'loser' }),
      ],
      verdict: aVerdict({ losers: [id(3)] }),
    },
  }),
  noDifference: aReading({
    experiment: of(['Original', 'Link in footer'], 'Contact form sent'),
    analysis: {
      arms: [
        anArm(0, { visitors: 1_200_000 }),
        lifted(1, 0.1, -0.7, 0.9, { state: 'no-difference' }),
      ],
      verdict: aVerdict({ state: 'no-difference' }),
      call: aCall({
        state: 'no-difference',
        calledAtMs: Date.UTC(2026, 4, 8, 18, 40),
        day: 30,
        confirmedAtMs: Date.UTC(2026, 4, 9, 18, 40),
      }),
    },
  }),
  fewCounts: aReading({
    experiment: { ...of(['Original', 'Bubble'], 'Lead created'), startedAtMs: NOW_MS - 2 * DAY_MS },
    analysis: {
      day: 2,
      leaderId: null,
      arms: [
        anArm(0, { visitors: 420 }),
        anArm(1, {
          visitors: 418,
          comparison: aComparison({
            state: 'collecting',
            lift: null,
            liftInterval: null,
            gateProgress: 0.63,
          }),
        }),
      ],
      verdict: aVerdict({
        state: 'collecting',
        reasons: [{ kind: 'few-counts', smallestExpected: 15.8, needed: 25, missing: 410 }],
      }),
    },
  }),
  noConversions: aReading({
    experiment: of(['Original', 'Bubble'], 'Lead created'),
    analysis: {
      leaderId: null,
      arms: [
        anArm(0, { visitors: 604, converted: 0, rate: 0 }),
        anArm(1, {
          visitors: 600,
          converted: 0,
          rate: 0,
          comparison: aComparison({
            state: 'collecting',
            lift: null,
            liftInterval: null,
            gateProgress: 0,
          }),
        }),
      ],
      verdict: aVerdict({ state: 'collecting', reasons: [{ kind: 'no-conversions' }] }),
    },
  }),
  fewDays: aReading({
    experiment: {
      ...of(['Original', 'Short'], 'Account opened'),
      startedAtMs: NOW_MS - 5 * DAY_MS,
    },
    analysis: {
      day: 5,
      arms: [anArm(0), lifted(1, 14.3, 1.2, 29, { state: 'collecting' })],
      verdict: aVerdict({
        state: 'collecting',
        reasons: [
          { kind: 'few-days', days: 5, neededDays: 7, untilMs: NOW_MS + 2 * DAY_MS - 42_000 },
        ],
      }),
    },
  }),
  inconclusive: aReading({
    experiment: of(['Original', 'Sticky basket'], 'Order placed'),
    analysis: { arms: [anArm(0), lifted(1, 2.4, -3.9, 9.1)] },
  }),
  blocked: aReading({
    experiment: of(['Original', 'Menu'], 'Order placed'),
    analysis: {
      arms: [anArm(0), lifted(1, 7, 1.1, 14.1, { state: 'blocked' })],
      health: aHealth({ split: [split] }),
      verdict: aVerdict({ state: 'blocked', reasons: [split] }),
    },
  }),
  bandit: aReading({
    experiment: { allocation: 'bandit' },
    analysis: {
      leaderId: null,
      arms: [anArm(0), anArm(1, { comparison: null }), anArm(2, { comparison: null })],
      verdict: aVerdict({ state: 'not-applicable', reasons: [{ kind: 'bandit' }] }),
    },
  }),
  tooSmall: aReading({
    analysis: {
      ...WINNER.analysis,
      arms: [
        anArm(0),
        lifted(1, 0.5, 0.2, 0.8, {
          state: 'winner',
          reasons: [{ kind: 'too-small-to-matter', smallestEffect: 0.01 }],
        }),
      ],
    },
  }),
  halfLine: aReading({
    experiment: of(['Original', 'Sticky basket'], 'Order placed'),
    analysis: { arms: [anArm(0), lifted(1, 42, -8, null)] },
  }),
  exploratory: aReading({
    analysis: {
      ...WINNER.analysis,
      goalId: anExperiment().goals[1]!.id,
      verdict: aVerdict({ state: 'not-applicable', reasons: [{ kind: 'exploratory' }] }),
      call: null,
    },
  }),
  stale: aReading({
    ...WINNER,
    freshness: { state: 'failed', asOfMs: Date.UTC(2026, 4, 19, 7, 12) },
  }),
  paused: aReading({
    ...WINNER,
    experiment: { status: 'paused', statusChangedAtMs: Date.UTC(2026, 4, 9, 12) },
    freshness: { state: 'at-rest', asOfMs: Date.UTC(2026, 4, 9, 12), nextReadingAtMs: null },
  }),
  stopped: aReading({
    experiment: { status: 'stopped', endedAtMs: Date.UTC(2026, 4, 9, 12) },
    freshness: { state: 'at-rest', asOfMs: Date.UTC(2026, 4, 9, 12), nextReadingAtMs: null },
    analysis: { arms: [anArm(0), lifted(1, 1, -6.2, 8.8)] },
  }),
  draft: aReading({
    experiment: { status: 'draft', startedAtMs: null },
    analysis: null,
    freshness: { state: 'at-rest', asOfMs: null, nextReadingAtMs: null },
  }),
  waiting: aReading({
    analysis: null,
    freshness: { state: 'waiting', asOfMs: null, nextReadingAtMs: NOW_MS + 4_000 },
  }),
} as const;

export { START_MS };
