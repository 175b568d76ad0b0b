import 'server-only';

/** The documented operators. */
export const OPERATORS = [
  'EQUAL',
  'NOT_EQUAL',
  'LESS',
  'GREATER',
  'LESS_OR_EQUAL',
  'GREATER_OR_EQUAL',
  'LIKE',
  'NOT_LIKE',
  'BETWEEN',
  'IN',
  'NOT_IN',
  'NOT',
  'IS_NULL',
  'IS_NOT_NULL',
  'IS_TRUE',
  'IS_FALSE',
  'IS_EMPTY',
  'IS_NOT_EMPTY',
  'CONTAINS',
] as const;
export type Operator = (typeof OPERATORS)[number];

/** One condition; those of a list must all hold. */
export interface Filter {
  readonly field: string;
  readonly operator: Operator;
  readonly parameters: readonly (string | number | boolean)[];
}

/** Earlier entries weigh more. */
export interface Sort {
  readonly field: string;
  readonly direction: 'ASC' | 'DESC';
}
