/** Undecided readings with what is to be expected of them, and one that carries revenue. */
import { anArm, aReading, aVerdict, DAY_MS, id, lifted, NOW_MS } from './reading';
import type { Arrival } from '@/lib/core/analysis/outlook/arrival';
import type { GateReading } from '@/lib/core/analysis/outlook/gates';
import type { Outlook } from '@/lib/core/analysis/outlook/outlook';
import type { Reading } from '@/lib/core/live/reading';

export const aGate = (more: Partial<GateReading> & Pick<GateReading, 'id'>): GateReading => ({
  state: 'closed',
  progress: null,
  measure: null,
  have: null,
  needed: null,
  missing: null,
  expectedAtMs: null,
  opensBy: null,
  ...more,
});

const INTERVAL = aGate({
  id: 'interval',
  measure: 'difference',
  have: 0.001,
  needed: 0.0027,
  opensBy: 'evidence',
});

export const anOutlook = (more: Partial<Outlook> = {}): Outlook => ({
  gates: [aGate({ id: 'data', state: 'open', progress: 1 }), INTERVAL],
  variationId: id(1),
  arrival: { kind: 'no-plan' },
  waiting: null,
  arms: [],
  peoplePerDay: 4_000,
  ...more,
});

const range = (fromDays: number, toDays: number | null): Arrival => ({
  kind: 'range',
  share: 0.8,
  earliestMs: NOW_MS + fromDays * DAY_MS,
  medianMs: NOW_MS + (fromDays + 2) * DAY_MS,
  latestMs: toDays === null ? null : NOW_MS + toDays * DAY_MS,
});

/** An undecided reading with an outlook. */
export const expecting = (outlook: Partial<Outlook>): Reading => {
  const reading = aReading({ analysis: { arms: [anArm(0), lifted(1, 2.4, -3.9, 9.1)] } });
  const { analysis } = reading;
  const method = { ...analysis!.method, plannedEffect: 0.05 };
  return { ...reading, analysis: { ...analysis!, method }, outlook: anOutlook(outlook) };
};

export const OUTLOOKS = {
  range: expecting({ arrival: range(2, 7), waiting: 127.6 }),
  far: expecting({ arrival: range(40, null), waiting: 0.2 }),
  never: expecting({ arrival: { kind: 'beyond', days: 180 } }),
  noPlan: expecting({}),
  early: {
    ...aReading({
      analysis: {
        arms: [anArm(0), lifted(1, 14.3, 1.2, 29, { state: 'collecting' })],
        verdict: aVerdict({
          state: 'collecting',
          reasons: [{ kind: 'few-days', days: 5, neededDays: 7, untilMs: NOW_MS + 2 * DAY_MS }],
        }),
      },
    }),
    outlook: anOutlook({
      gates: [
        aGate({ id: 'unit', opensBy: 'report' }),
        aGate({
          id: 'counts',
          measure: 'expected-counts',
          have: 15.8,
          needed: 25,
          missing: 410,
          expectedAtMs: NOW_MS + DAY_MS,
          opensBy: 'people',
        }),
        aGate({
          id: 'days',
          measure: 'days',
          have: 5,
          needed: 7,
          expectedAtMs: NOW_MS + 2 * DAY_MS,
          opensBy: 'time',
        }),
      ],
    }),
  },
  revenue: {
    ...aReading({
      analysis: {
        arms: [
          anArm(0, { revenue: 181_204.5 }),
          {
            ...lifted(1, 2.4, -3.9, 9.1),
            revenue: 190_101.2,
            converted: 1_860,
            conversions: 2_010,
          },
        ],
      },
    }),
    outlook: anOutlook(),
  },
} as const;
