import { isSet, type Checks } from '@/lib/sandbox/api/checks';
import { isObject, type Row } from '@/lib/sandbox/state/row';
import { checkCondition, toCondition } from './condition-types';

/** Groups of conditions. An operator that is true joins its two neighbours by OR, false by AND. */
export interface ConditionsData {
  readonly firstLevelOrOperators: readonly boolean[];
  readonly firstLevel: readonly ConditionGroup[];
}

export interface ConditionGroup {
  readonly orOperators: readonly boolean[];
  readonly conditions: readonly Row[];
}

/** Ids are given when nothing else is wrong: `build` is called after all checks. */
export function readConditionsData(
  value: unknown,
  checks: Checks,
): (toId: (sent: unknown) => number) => ConditionsData {
  const nothing = () => ({ firstLevelOrOperators: [], firstLevel: [] });
  if (!checks.isRecord(value, 'conditionsData')) return nothing;
  const { firstLevel, firstLevelOrOperators } = value;
  if (!checks.isList(firstLevel, 'conditionsData.firstLevel')) return nothing;
  const toOuter = readOperators(
    firstLevelOrOperators,
    'conditionsData.firstLevelOrOperators',
    firstLevel.length,
    checks,
  );
  const groups = firstLevel.map((group, i) =>
    readGroup(group, `conditionsData.firstLevel[${i}]`, checks),
  );
  return (toId) => ({
    firstLevelOrOperators: toOuter,
    firstLevel: groups.flatMap((group) => {
      if (group === undefined) return [];
      const { orOperators, conditions } = group;
      return [
        { orOperators, conditions: conditions.map((leaf) => toCondition(leaf, toId(leaf['id']))) },
      ];
    }),
  });
}

function readGroup(group: unknown, path: string, checks: Checks): ConditionGroup | undefined {
  if (!checks.isRecord(group, path)) return undefined;
  const { conditions, orOperators } = group;
  if (!checks.isList(conditions, `${path}.conditions`)) return undefined;
  if (conditions.length === 0) checks.fault(`${path}.conditions`, 'must not be empty');
  const leaves = conditions.filter((leaf, i): leaf is Row =>
    checkCondition(leaf, `${path}.conditions[${i}]`, checks),
  );
  return {
    orOperators: readOperators(orOperators, `${path}.orOperators`, conditions.length, checks),
    conditions: leaves,
  };
}

/** One between each two; those that are missing mean AND, one too many is borne. */
function readOperators(
  value: unknown,
  path: string,
  items: number,
  checks: Checks,
): readonly boolean[] {
  if (isSet(value) && !checks.isList(value, path)) return [];
  const given = Array.isArray(value) ? (value as unknown[]) : [];
  if (given.length > Math.max(items, 1)) checks.fault(path, `size must be at most ${items}`);
  const operators = given.map((item, i) => checks.isFlag(item, `${path}[${i}]`) && item);
  const missing = Math.max(0, items - 1 - operators.length);
  return [...operators, ...Array.from({ length: missing }, () => false)];
}

/** Conditions that are kept, read back from a row. */
export function toConditionsData(row: Row): ConditionsData {
  const data = row['conditionsData'];
  return isObject(data)
    ? (data as unknown as ConditionsData)
    : { firstLevelOrOperators: [], firstLevel: [] };
}

export const toLeaves = ({ firstLevel }: ConditionsData): readonly Row[] =>
  firstLevel.flatMap(({ conditions }) => conditions);
