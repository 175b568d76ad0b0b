import { cells } from '@/lib/cli/analyse/table-cells';
import { InputFault } from '@/lib/cli/verdict/fault';
import { plain } from '@/lib/cli/verdict/plain';
import { toTable } from '@/lib/cli/verdict/width';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { ResultsData, ResultsQuestion } from '@/lib/server/kameleoon/objects';
import { toVariationId } from '@/lib/server/kameleoon/translate-experiment';

/** Counts by the rows of a breakdown: shown, never judged. */
export interface Breakdown {
  readonly type: string;
  readonly rows: readonly {
    /** `PHONE`, a country, the start of an interval, … as the API names it. */
    readonly row: string;
    readonly variationId: string;
    readonly name: string | null;
    readonly visitors: number | null;
    readonly visits: number | null;
    readonly converted: number | null;
    /** converted / n, fraction. */
    readonly rate: number | null;
  }[];
}

const TYPES: Readonly<Record<string, NonNullable<ResultsQuestion['breakdown']>>> = {
  device: { type: 'DEVICE_TYPE' },
  browser: { type: 'BROWSER' },
  country: { type: 'COUNTRY' },
  new: { type: 'NEW_VISITOR' },
  ...Object.fromEntries(
    ['hour', 'day', 'week', 'month', 'year'].map((interval) => [
      interval,
      { type: 'INTERVAL', interval: interval.toUpperCase() },
    ]),
  ),
};

/** `device`, `day`, …, or `custom:3` for the custom data of that index. */
export function toBreakdown(text: string): NonNullable<ResultsQuestion['breakdown']> {
  const [, index] = /^custom:(\d{1,4})$/.exec(text) ?? [];
  if (index !== undefined) return { type: 'CUSTOM_DATUM', index: Number(index) };
  const known = Object.hasOwn(TYPES, text) ? TYPES[text] : undefined;
  if (known === undefined)
    throw new InputFault(
      `--by "${plain(text).slice(0, 40)}": use one of ${Object.keys(TYPES).join(', ')}, custom:INDEX`,
    );
  return known;
}

export function readBreakdown(
  { variations }: ResultsData,
  {
    experiment,
    goalId,
    isVisits,
    type,
  }: {
    readonly experiment: Experiment;
    readonly goalId: string | null;
    readonly isVisits: boolean;
    readonly type: string;
  },
): Breakdown {
  const keys = new Set(Object.values(variations).flatMap((rows) => Object.keys(rows)));
  const rows = [...keys]
    .toSorted((a, b) => a.localeCompare(b, 'en'))
    .flatMap((row) =>
      experiment.variations.flatMap(({ id, name }) => {
        const arm = Object.entries(variations).find(([key]) => toVariationId(key) === id)?.[1];
        const counts = arm?.[row];
        if (counts === undefined) return [];
        const { visitors, visits } = counts;
        const converted = goalId === null ? null : (counts.goals[goalId]?.converted ?? null);
        const n = isVisits ? visits : visitors;
        const rate = converted === null || n === null || n === 0 ? null : converted / n;
        return [{ row, variationId: id, name, visitors, visits, converted, rate }];
      }),
    );
  return { type, rows };
}

export function toBreakdownText({ rows }: Breakdown, isVisits: boolean): string {
  const count = (value: number | null): string => (value === null ? '–' : cells.count(value));
  return toTable(
    [
      { title: 'Row' },
      { title: 'Variation' },
      { title: isVisits ? 'Visits' : 'People', isNumber: true },
      { title: 'Converted', isNumber: true },
      { title: 'Rate', isNumber: true },
    ],
    rows.map(({ row, name, visitors, visits, converted, rate }) => [
      plain(row),
      name ?? '–',
      count(isVisits ? visits : visitors),
      count(converted),
      cells.rate(rate),
    ]),
  );
}
