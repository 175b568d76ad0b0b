/** One reading for each moment in the life of a call, and for what stands beside a verdict. */
import {
  aCall,
  aFreshness,
  anAnalysis,
  anArm,
  anEvent,
  aReading,
  aVerdict,
  DAY_MS,
  id,
  lifted,
  NOW_MS,
  type ReadingChange,
} from './reading';
import { STATES } from './states';
import type { Analysis } from '@/lib/core/analysis/analysis';
import type { Call } from '@/lib/core/analysis/call';
import { goalId } from '@/lib/core/experiment/ids';

const at = (day: number, hour = 12): number => Date.UTC(2026, 4, day, hour);
const CALLED = anEvent('called', Date.UTC(2026, 4, 12, 14, 5), 17.6, 5.1, 31.5);

const winner = (call: Call, more: Partial<Analysis> = {}): ReadingChange => ({
  analysis: { ...STATES.winner.analysis!, call, calls: [call], ...more },
});

export const WITHDRAWN_CALL = aCall({
  shakenAtMs: at(18),
  withdrawn: { atMs: at(19, 8), reason: { kind: 'fell-back' } },
  events: [
    CALLED,
    anEvent('confirmed', at(13, 14), 16.9, 5.9, 29.1),
    anEvent('shaken', at(18), 7.1, -2.9, 18.2),
    anEvent('withdrawn', at(19, 8), 4, -5.8, 14.9, { kind: 'fell-back' }),
  ],
});

const undecided = [anArm(0), lifted(1, 4, -2.8, 11.3), lifted(2, 0.9, -10.2, 13.4)];

const ofCall = (call: Call): Partial<Analysis> => ({ call, calls: [call], arms: undecided });

export const LIFE = {
  shaken: aReading(winner(aCall({ shakenAtMs: at(18), events: [CALLED] }))),
  withdrawn: aReading({ analysis: ofCall(WITHDRAWN_CALL) }),
  withdrawnUnit: aReading({
    analysis: {
      ...ofCall({
        ...WITHDRAWN_CALL,
        shakenAtMs: null,
        events: [CALLED],
        withdrawn: { atMs: at(19, 8), reason: { kind: 'unit-visits' } },
      }),
      unit: 'first-visits',
    },
  }),
  /** Decided by the final look. */
  final: aReading(
    winner(aCall({ isFinal: true, confirmedAtMs: null, events: [CALLED] }), {
      arms: [
        anArm(0),
        lifted(1, 17.6, 5.1, 31.5, {
          state: 'winner',
          basis: 'final',
          reasons: [{ kind: 'planned-end', atMs: Date.UTC(2026, 4, 12, 14, 5) }],
        }),
        lifted(2, 0.9, -10.2, 13.4),
      ],
    }),
  ),
  /** Called by the sequence, and said again by the final look. */
  settled: aReading(
    winner(aCall({ isFinal: true, events: [CALLED] }), {
      arms: [
        anArm(0),
        lifted(1, 16, 6.1, 27.2, {
          state: 'winner',
          basis: 'final',
          reasons: [{ kind: 'planned-end', atMs: at(17) }],
        }),
      ],
    }),
  ),
  crossing: aReading(
    winner(aCall({ events: [CALLED] }), {
      arms: [
        anArm(0),
        lifted(1, 8.2, -0.4, 17.6, { state: 'winner', reasons: [{ kind: 'call-stands' }] }),
      ],
    }),
  ),
  earlierPeriod: aReading({
    analysis: { ...ofCall(aCall({ sinceMs: at(1) })) },
  }),
  firstVisits: aReading({
    analysis: {
      ...STATES.winner.analysis!,
      unit: 'first-visits',
      health: {
        ...STATES.winner.analysis!.health,
        checks: STATES.winner.analysis!.health.checks.map((check) =>
          check.id === 'unit' ? { ...check, reasons: [{ kind: 'first-visits' }] } : check,
        ),
      },
    },
  }),
  armsChanged: aReading({
    analysis: {
      verdict: aVerdict({
        state: 'not-applicable',
        reasons: [{ kind: 'arms-changed', added: [id(3)], removed: [] }],
      }),
    },
  }),
  lowerWinner: aReading({
    analysis: {
      arms: [anArm(0), lifted(1, -12, -19.4, -4.1, { state: 'winner' })],
      verdict: aVerdict({ state: 'winner', variationId: id(1), winners: [id(1)] }),
      call: aCall(),
      method: { ...anAnalysis().method, better: 'lower' },
    },
  }),
  lowerHarm: aReading({
    experiment: { startedAtMs: NOW_MS - 3 * DAY_MS },
    analysis: {
      day: 3,
      arms: [
        anArm(0),
        lifted(1, 11.6, 3.1, 19.8, {
          state: 'loser',
          difference: 0.00232,
          differenceInterval: { lower: 0.00061, upper: 0.00396 },
        }),
        lifted(2, 8, 1.1, 15.2, { state: 'loser' }),
      ],
      verdict: aVerdict({ state: 'loser', losers: [id(1), id(2)] }),
      call: aCall({ state: 'loser' }),
      method: { ...anAnalysis().method, better: 'lower' },
    },
  }),
  guardrail: aReading(
    winner(aCall(), {
      guardrails: [
        {
          goalId: goalId(10),
          variationId: id(1),
          better: 'lower',
          state: 'harmed',
          lift: 0.12,
          liftInterval: { lower: 0.021, upper: 0.231 },
        },
        {
          goalId: goalId(10),
          variationId: id(2),
          better: 'lower',
          state: 'holds',
          lift: 0.01,
          liftInterval: { lower: -0.09, upper: 0.12 },
        },
      ],
    }),
  ),
  losersAside: aReading({
    analysis: {
      arms: [
        anArm(0),
        lifted(1, 2.4, -3.9, 9.1),
        lifted(2, -9, -16, -1.8, { state: 'loser' }),
        lifted(3, -14, -22.4, -4.8, { state: 'loser' }),
      ],
      verdict: aVerdict({ losers: [id(2), id(3)] }),
      calls: [
        aCall({ state: 'loser', variationId: id(3), calledAtMs: at(14) }),
        aCall({ state: 'loser', variationId: id(2), calledAtMs: at(16) }),
      ],
    },
  }),
  severalCalled: aReading({
    experiment: STATES.severalWinners.experiment,
    analysis: {
      ...STATES.severalWinners.analysis!,
      calls: [
        aCall({ calledAtMs: at(9), confirmedAtMs: at(10) }),
        aCall({ variationId: id(2), calledAtMs: at(11), confirmedAtMs: at(12) }),
      ],
    },
  }),
  withdrawnStale: aReading({
    analysis: ofCall(WITHDRAWN_CALL),
    freshness: aFreshness({ asOfMs: at(19, 1) }),
  }),
} as const;
