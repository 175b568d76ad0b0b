/** The document as tables: the figures one row a variation, the curve one row a moment and variation, each row stamped. */
import type { TakeAway } from '@/components/experiment/take-away/to-take-away';
import type { CsvCell } from '@/lib/core/words/csv';
import { toCsv } from '@/lib/core/words/csv';
import type { MessageKey } from '@/lib/core/words/messages';
import type { PlainWords } from '@/lib/core/words/say';
import { say } from '@/lib/core/words/say';

type HeadKey =
  Extract<MessageKey, `takeAway.head.${string}`> extends `takeAway.head.${infer Key}` ? Key : never;
type Column = readonly [head: HeadKey, cell: CsvCell];

export function toFiguresCsv(taken: TakeAway, plain: PlainWords): string {
  const stamp = toStamp(taken, plain);
  const rows = taken.variations.map((arm): readonly Column[] => [
    ['variation', arm.name],
    ['variationId', arm.id],
    ['share', arm.configuredShare],
    ['visitors', arm.visitors],
    ['conversions', arm.conversions],
    ['rate', arm.rate],
    ['lift', arm.lift],
    ['lower', arm.liftLower],
    ['upper', arm.liftUpper],
    ['platform', arm.platformReliability],
    ['reading', arm.reading],
    ...stamp,
  ]);
  return toTable(rows, plain);
}

export function toCurveCsv(taken: TakeAway, plain: PlainWords): string {
  const stamp = toStamp(taken, plain);
  const rows = taken.curve.flatMap((point) =>
    point.variations.map((arm): readonly Column[] => [
      ['moment', toIso(point.atMs)],
      ['source', plain(say(`takeAway.source.${point.source}`))],
      ['people', point.people],
      ['variation', arm.name],
      ['variationId', arm.id],
      ['rate', arm.rate],
      ['rateLower', arm.rateLower],
      ['rateUpper', arm.rateUpper],
      ['lift', arm.lift],
      ['lower', arm.liftLower],
      ['upper', arm.liftUpper],
      ...stamp,
    ]),
  );
  return toTable(rows, plain);
}

/** A table without rows says by its stamp of what there is nothing. */
function toTable(rows: readonly (readonly Column[])[], plain: PlainWords): string {
  const head = (rows[0] ?? []).map(([key]) => plain(say(`takeAway.head.${key}`)));
  return toCsv(
    head,
    rows.map((row) => row.map(([, cell]) => cell)),
  );
}

/** Settings, age and method, on every row: a row that is cut out of the table still says what it is. */
function toStamp(taken: TakeAway, plain: PlainWords): readonly Column[] {
  const { experiment, settings, method, health } = taken;
  const { dataAsOfMs, ageMs, address } = taken.taken;
  return [
    ['experiment', experiment.name],
    ['experimentId', experiment.id],
    ['project', experiment.project],
    ['status', experiment.status],
    ['health', health === null ? '' : plain(say(`takeAway.health.${health}`))],
    ['goal', settings.goal?.name ?? ''],
    ['reference', settings.reference?.name ?? ''],
    ['level', settings.confidenceLevel],
    ['unit', settings.unit ?? ''],
    ['from', toIso(settings.countedFromMs)],
    ['until', toIso(settings.countedUntilMs)],
    ['dataAsOf', toIso(dataAsOfMs)],
    ['age', ageMs === null ? null : Math.round(ageMs / 1000)],
    [
      'method',
      plain(
        say('takeAway.method', { basis: method?.isDecidedAtPlannedEnd ? 'final' : 'sequence' }),
      ),
    ],
    ['question', settings.question],
    ['address', address],
  ];
}

const toIso = (atMs: number | null): string => (atMs === null ? '' : new Date(atMs).toISOString());
