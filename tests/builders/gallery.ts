/** Readings with curves, names that are hard to set, and ids that tell them apart: for pictures of pages. */
import { experimentId, projectId } from '@/lib/core/experiment/ids';
import type { CurvePoint } from '@/lib/core/analysis/analysis';
import type { Curve, Reading } from '@/lib/core/live/reading';
import { anArm, aReading, aVerdict, DAY_MS, id, lifted, NOW_MS } from './reading';
import { STATES } from './states';

interface Page {
  readonly reading: Reading;
  readonly curve: Curve;
}

const NAMES = [
  'Quote funnel, second redesign',
  'Home page hero',
  'Price shown after tax',
  'Mobile menu',
  'Footer contact link',
  'Chat bubble on offers',
  'Shorter sign-up',
  'Sticky basket',
  'Newsletter layer',
];

const MARKUP = '<img src=x onerror=alert(1)> **Order** {placed}';
const LONG = 'A headline test with eighty characters in its name, which is as long as they come';

const HARD: Readonly<Record<string, Reading>> = {
  ...STATES,
  long: hard([LONG, LONG, '申し込みフォームの短縮版', 'نموذج أقصر']),
  markup: hard(['Original', MARKUP, 'B', 'C']),
  five: aReading({
    experiment: {
      variations: ['Original', 'One', 'Two', 'Three', 'Four', 'Five'].map((name, place) => ({
        id: id(place),
        name,
        isOriginal: place === 0,
        weight: 1 / 6,
      })),
    },
    analysis: {
      arms: [
        anArm(0),
        lifted(1, 4, -3, 11),
        lifted(2, 2, -4, 8),
        lifted(3, -1, -7, 5),
        lifted(4, -2, -9, 6),
        lifted(5, -3, -11, 5),
      ],
    },
  }),
};

function hard(names: readonly string[]): Reading {
  return aReading({
    experiment: {
      name: names[1]!,
      project: { id: projectId(2), name: names[3]! },
      variations: names.map((name, place) => ({
        id: id(place),
        name,
        isOriginal: place === 0,
        weight: 0.25,
      })),
    },
    analysis: {
      arms: [
        anArm(0),
        lifted(1, 17.6, 5.1, 31.5, { state: 'winner' }),
        lifted(2, 0.9, -10.2, 13.4),
        lifted(3, -1.7, -12.6, 10.5),
      ],
      verdict: aVerdict({
        state: 'winner',
        variationId: id(1),
        winners: [id(1)],
        reasons: [{ kind: 'beats-all', others: [id(0), id(2), id(3)] }],
      }),
    },
  });
}

export function galleryReadings(): Readonly<Record<string, Page>> {
  return Object.fromEntries(
    Object.entries(HARD).map(([state, reading], index) => {
      const key = String(188400 + index);
      const isHard = state === 'long' || state === 'markup';
      const named: Reading = {
        ...reading,
        questionKey: key,
        experiment: {
          ...reading.experiment,
          id: experimentId(key),
          name: isHard ? reading.experiment.name : (NAMES[index] ?? `Experiment ${state}`),
          project: isHard
            ? reading.experiment.project
            : {
                id: projectId(index % 3),
                name: ['Insurance FR', 'Bank FR', 'Shop BE'][index % 3]!,
              },
        },
        analysis: reading.analysis && {
          ...reading.analysis,
          arms: reading.analysis.arms.map((arm) => ({
            ...arm,
            name: reading.experiment.variations[arm.place]?.name ?? arm.name,
          })),
        },
      };
      const curve = curveOf(named);
      return [state, { reading: { ...named, sparkline: sparkOf(named, curve) }, curve }];
    }),
  );
}

/** A curve that comes down to the reading's own figures, with a small wave. */
function curveOf(reading: Reading): Curve {
  const { analysis, experiment } = reading;
  const startMs = experiment.startedAtMs ?? NOW_MS;
  const points: CurvePoint[] = [];
  const steps = 60;
  for (let step = 1; analysis && step <= steps; step += 1) {
    const atMs = startMs + ((analysis.asOfMs - startMs) * step) / steps;
    const wide = Math.sqrt(steps / step);
    points.push({
      atMs,
      source: step < 6 ? 'backfill' : 'live',
      visitors: Math.round((analysis.arms[0]!.visitors * step) / steps),
      arms: analysis.arms.map((arm) => {
        const end = arm.comparison?.liftInterval ?? null;
        const lift = arm.comparison?.lift ?? null;
        const wave = Math.sin(step * 1.3 + arm.place) * 0.02 * (wide - 1);
        const now = lift === null ? null : lift + wave;
        return {
          variationId: arm.variationId,
          rate: arm.rate,
          rateInterval: arm.rateInterval,
          lift: now,
          liftInterval:
            now === null || lift === null || end === null
              ? null
              : {
                  lower: end.lower === null ? null : now + (end.lower - lift) * wide,
                  upper: end.upper === null ? null : now + (end.upper - lift) * wide,
                },
        };
      }),
    });
  }
  return { questionKey: reading.questionKey, revision: reading.curveRevision, points };
}

function sparkOf({ analysis }: Reading, curve: Curve): Reading['sparkline'] {
  const who = analysis?.leaderId ?? null;
  return {
    variationId: who,
    points: curve.points.map((point) => {
      const arm = point.arms.find((each) => each.variationId === who);
      const ends = arm?.liftInterval ?? null;
      return [point.atMs, arm?.lift ?? null, ends?.lower ?? null, ends?.upper ?? null] as const;
    }),
  };
}

export { DAY_MS };
