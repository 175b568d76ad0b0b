import fc from 'fast-check';

/** What a filter means, written a second time, for rows whose fields hold one type each. */
export interface PlainRow {
  readonly id: number;
  readonly siteId: number;
  readonly [field: string]: unknown;
}
export interface Condition {
  readonly field: string;
  readonly operator: string;
  readonly parameters?: readonly unknown[];
}
export type Expression =
  Condition | { readonly conditionalOperator: string; readonly expressions: readonly Expression[] };

const WORDS = ['Blue', 'blue button', 'Red', 'a%b', 'ÉTÉ', '10', 'tag', ''];
const DAY = '2026-05-2';
const moment = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 2 }));
const zoneless = moment.map(([day, hour]) => `${DAY}${day}T0${hour}:30:00`);

/** Each field is now and then missing or null. */
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.option(arbitrary, { nil: undefined, freq: 4 });

export const rowsArbitrary: fc.Arbitrary<PlainRow[]> = fc
  .uniqueArray(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 60 })
  .chain((ids) =>
    fc.tuple(
      ...ids.map((id) =>
        fc.record({
          id: fc.constant(id),
          siteId: fc.constant(20103),
          amount: maybe(fc.integer({ min: -3, max: 3 })),
          word: maybe(fc.constantFrom(...WORDS)),
          isOn: maybe(fc.boolean()),
          dateOf: maybe(zoneless),
          list: maybe(fc.array(fc.constantFrom('x', 'y', 'Z'), { maxLength: 2 })),
        }),
      ),
    ),
  )
  // As it goes over the wire: nothing undefined.
  .map((rows) => JSON.parse(JSON.stringify([...rows, FULL])) as PlainRow[]);

/** Makes every field a known one. */
const FULL = {
  id: 1_000,
  siteId: 20103,
  amount: 0,
  word: 'Full',
  isOn: true,
  dateOf: '2026-05-22T02:30:00',
  list: [],
};

const anyCase = (text: string) => fc.constantFrom(text, text.toLowerCase(), text.toUpperCase());
const number = fc
  .integer({ min: -3, max: 3 })
  .chain((value) => fc.constantFrom<unknown>(value, String(value)));
/** The same moment in several spellings. */
const date = zoneless.chain((text) =>
  fc.constantFrom(text, `${text}Z`, `${text}.000`, toOtherZone(text), text.slice(0, 10)),
);
const toOtherZone = (text: string): string =>
  `${new Date(Date.parse(`${text}Z`) + 2 * 3_600_000).toISOString().slice(0, 19)}+02:00`;
/** A number too, for a text that is one. */
const word = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...WORDS).chain(anyCase) },
  { weight: 1, arbitrary: fc.constant<unknown>(10) },
);

const toCondition = (
  field: string,
  operators: readonly string[],
  parameter: fc.Arbitrary<unknown>,
): fc.Arbitrary<Condition> =>
  fc.constantFrom(...operators).chain((operator) =>
    fc.record({
      field: fc.constant(field),
      operator: anyCase(operator),
      parameters:
        operator === 'BETWEEN'
          ? fc.array(parameter, { minLength: 2, maxLength: 2 })
          : fc.array(parameter, { minLength: 1, maxLength: 3 }),
    }),
  );
const EQUALITIES = ['EQUAL', 'NOT_EQUAL', 'IN', 'NOT_IN', 'NOT'];
const ORDERS = ['LESS', 'GREATER', 'LESS_OR_EQUAL', 'GREATER_OR_EQUAL', 'BETWEEN'];
const ABSENCES = ['IS_NULL', 'IS_NOT_NULL', 'IS_EMPTY', 'IS_NOT_EMPTY', 'IS_TRUE', 'IS_FALSE'];
const FIELDS = ['id', 'amount', 'word', 'isOn', 'dateOf', 'list'];

export const conditionArbitrary: fc.Arbitrary<Condition> = fc.oneof(
  toCondition('amount', [...EQUALITIES, ...ORDERS], number),
  toCondition('id', [...EQUALITIES, ...ORDERS], fc.integer({ min: 1, max: 500 })),
  toCondition('word', [...EQUALITIES, 'LIKE', 'NOT_LIKE', 'CONTAINS'], word),
  toCondition('dateOf', [...EQUALITIES, ...ORDERS], date),
  toCondition('list', ['CONTAINS'], fc.constantFrom('x', 'Y', 'z')),
  toCondition('isOn', EQUALITIES, fc.constantFrom<unknown>(true, false, 'TRUE', 'false')),
  fc.record({ field: fc.constantFrom(...FIELDS), operator: fc.constantFrom(...ABSENCES) }),
);

export const { expressionArbitrary } = fc.letrec<{ expressionArbitrary: Expression }>((tie) => ({
  expressionArbitrary: fc.oneof(
    { maxDepth: 4 },
    conditionArbitrary,
    fc.record({
      conditionalOperator: anyCase('AND').chain((and) => fc.constantFrom(and, 'OR', 'or')),
      expressions: fc.array(tie('expressionArbitrary'), { minLength: 1, maxLength: 3 }),
    }),
  ),
}));

export function isMeant(row: PlainRow, expression: Expression): boolean {
  if ('expressions' in expression) {
    const results = expression.expressions.map((one) => isMeant(row, one));
    return expression.conditionalOperator.toUpperCase() === 'AND'
      ? !results.includes(false)
      : results.includes(true);
  }
  return isConditionMeant(row[expression.field], expression);
}

function isConditionMeant(
  value: unknown,
  { field, operator, parameters = [] }: Condition,
): boolean {
  const is = operator.toUpperCase();
  const there = value !== undefined && value !== null;
  const toRank = (one: unknown): number | string => {
    if (field === 'id' || field === 'amount') return Number(one);
    if (field !== 'dateOf') return String(one).toLowerCase();
    const text = String(one);
    return new Date(/Z|\+|^.{10}$/.test(text) ? text : `${text}Z`).getTime();
  };
  const own = toRank(value);
  const others = parameters.map(toRank);
  const [first = '', second = ''] = others;
  switch (is) {
    case 'EQUAL':
    case 'IN':
      return there && others.includes(own);
    case 'NOT_EQUAL':
    case 'NOT_IN':
    case 'NOT':
      return !(there && others.includes(own));
    case 'LESS':
      return there && own < first;
    case 'GREATER':
      return there && own > first;
    case 'LESS_OR_EQUAL':
      return there && own <= first;
    case 'GREATER_OR_EQUAL':
      return there && own >= first;
    case 'BETWEEN':
      return there && own >= first && own <= second;
    case 'LIKE':
      return there && others.some((pattern) => isLike(String(own), String(pattern)));
    case 'NOT_LIKE':
      return !(there && others.some((pattern) => isLike(String(own), String(pattern))));
    case 'CONTAINS':
      return (
        there &&
        (Array.isArray(value)
          ? value.some((item) => others.includes(String(item).toLowerCase()))
          : others.some((part) => String(own).includes(String(part))))
      );
    case 'IS_NULL':
      return !there;
    case 'IS_NOT_NULL':
      return there;
    case 'IS_EMPTY':
      return !there || value === '' || (Array.isArray(value) && value.length === 0);
    case 'IS_NOT_EMPTY':
      return there && value !== '' && !(Array.isArray(value) && value.length === 0);
    case 'IS_TRUE':
      return value === true;
    case 'IS_FALSE':
      return value === false;
    default:
      throw new Error(`No meaning of ${operator}`);
  }
}

/** By a regular expression here, on purpose. */
function isLike(text: string, pattern: string): boolean {
  if (!pattern.includes('%')) return text.includes(pattern);
  const escaped = pattern.split('%').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('[^]*')}$`).test(text);
}
