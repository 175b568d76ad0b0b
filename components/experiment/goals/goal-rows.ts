/** The goal table as rows: searched, ordered, figures written, bars on one axis. */
import { toBarShape, toIntervalScale } from '@/components/charts/interval-scale';
import type { BarShape, IntervalScale } from '@/components/charts/interval-scale';
import type { ChartWords } from '@/components/experiment/chart-words';
import { toLiftValue } from '@/components/experiment/lift-value';
import type { GoalArm, GoalRow, GoalTable } from '@/lib/core/analysis/goal-table';
import { matchesSearch, plain, toSearchWords } from '@/lib/core/live/search-text';

export const GOAL_ORDERS = ['role', 'name', 'lift', 'drop'] as const;
export type GoalOrder = (typeof GOAL_ORDERS)[number];

export interface GoalView {
  readonly search: string;
  readonly order: GoalOrder;
}

export interface GoalCell {
  readonly id: string;
  readonly name: string;
  readonly place: number;
  readonly isReference: boolean;
  readonly lift: string;
  readonly interval: string;
  readonly bar: BarShape | null;
  readonly says: Exclude<GoalArm['says'], 'open'>;
  readonly arm: GoalArm;
}

export interface ShownGoal {
  readonly id: string;
  readonly name: string;
  readonly role: GoalRow['role'];
  readonly isLowerBetter: boolean;
  readonly referenceRate: string;
  /** In the order of the configuration, the reference among them. */
  readonly cells: readonly GoalCell[];
}

export interface GoalsModel {
  readonly scale: IntervalScale;
  readonly goals: readonly ShownGoal[];
}

/** One scale for all goals, whatever is searched: rows that come and go must not move the others' bars. */
export function toGoals(
  table: GoalTable,
  view: GoalView,
  words: ChartWords,
  locale: string,
): GoalsModel {
  const arms = table.rows.flatMap((row) => row.arms);
  const scale = toIntervalScale(arms.flatMap((arm) => toLiftValue(arm) ?? []));
  const wanted = toSearchWords(view.search);
  const rows = table.rows.filter(({ name }) => matchesSearch(plain(name), wanted));
  return {
    scale,
    goals: inOrder(rows, view.order, locale).map((row) => toShown(row, scale, words)),
  };
}

function inOrder(rows: readonly GoalRow[], order: GoalOrder, locale: string): readonly GoalRow[] {
  if (order === 'role') return rows;
  if (order === 'name') return rows.toSorted((a, b) => a.name.localeCompare(b.name, locale));
  const way = order === 'lift' ? 1 : -1;
  // Goals without a lift come last either way.
  const merit = ({ arms }: GoalRow): number =>
    Math.max(-Infinity, ...arms.flatMap(({ lift }) => (lift === null ? [] : [way * lift])));
  return rows.toSorted((a, b) => merit(b) - merit(a) || 0);
}

function toShown(row: GoalRow, scale: IntervalScale, words: ChartWords): ShownGoal {
  const { figures } = words;
  const rate = row.arms.find(({ isReference }) => isReference)?.rate ?? null;
  return {
    id: row.goalId,
    name: row.name,
    role: row.role,
    isLowerBetter: row.better === 'lower',
    referenceRate: rate === null ? '' : figures.rate(rate),
    cells: row.arms.map((arm) => toCell(arm, scale, words)),
  };
}

function toCell(arm: GoalArm, scale: IntervalScale, { figures, range }: ChartWords): GoalCell {
  const value = toLiftValue(arm);
  return {
    id: arm.variationId,
    name: arm.name,
    place: arm.place,
    isReference: arm.isReference,
    lift: value === null ? '' : figures.change(value.value),
    interval: value === null ? '' : range(value.interval, figures.change),
    bar: value === null ? null : toBarShape(value, scale),
    says: arm.says === 'open' ? null : arm.says,
    arm,
  };
}
