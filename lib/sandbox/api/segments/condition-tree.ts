import { isObject, type Row } from '@/lib/sandbox/state/row';
import type { ConditionsData } from './conditions-data';

/** A node that joins others; a leaf is a condition itself. A block is a group of conditions. */
interface Branch {
  readonly logicalOperator: 'AND' | 'OR';
  readonly isConditionBlock: boolean;
  readonly conditionData: readonly (Branch | Row)[];
}

/** The groups as a tree. Where a level mixes its operators, AND binds closer than OR. */
export function toConditionTree({ firstLevel, firstLevelOrOperators }: ConditionsData): Branch {
  const blocks = firstLevel.map(({ conditions, orOperators }) =>
    toBranch(conditions, orOperators, true),
  );
  return toBranch(blocks, firstLevelOrOperators, false);
}

/** All conditions one after the other; `parentId` numbers their group from 1. */
export function toConditionList({ firstLevel }: ConditionsData): readonly Row[] {
  return firstLevel.flatMap(({ conditions }, group) =>
    conditions.map((leaf) => ({ ...leaf, parentId: group + 1 })),
  );
}

function toBranch(
  items: readonly (Branch | Row)[],
  orOperators: readonly boolean[],
  isConditionBlock: boolean,
): Branch {
  const between = orOperators.slice(0, Math.max(0, items.length - 1));
  const isMixed = between.includes(true) && between.includes(false);
  const logicalOperator = between.includes(true) ? 'OR' : 'AND';
  if (!isMixed) return { logicalOperator, isConditionBlock, conditionData: items };
  const runs: (Branch | Row)[][] = [];
  items.forEach((item, i) => {
    if (i === 0 || between[i - 1] === true) runs.push([item]);
    else runs.at(-1)!.push(item);
  });
  const conditionData = runs.map((run) =>
    run.length === 1
      ? run[0]!
      : { logicalOperator: 'AND' as const, isConditionBlock, conditionData: run },
  );
  return { logicalOperator, isConditionBlock, conditionData };
}

/**
 * A tree as groups, in the form a client would send them; a text says why it cannot be: groups hold conditions, and
 * nothing lies deeper.
 */
export function toGroups(tree: unknown): Row | string {
  if (!isObject(tree)) return 'must be an object';
  const outer = isBlock(tree) ? { items: [tree], orOperators: [] } : flatten(tree, isBlock);
  if (typeof outer === 'string') return outer;
  const firstLevel: Row[] = [];
  for (const item of outer.items) {
    const inner = isBranch(item)
      ? flatten(item, (node) => !isBranch(node))
      : { items: [item], orOperators: [] };
    if (typeof inner === 'string') return inner;
    firstLevel.push({ orOperators: inner.orOperators, conditions: inner.items.map(toLeaf) });
  }
  return { firstLevelOrOperators: outer.orOperators, firstLevel };
}

interface Level {
  readonly items: readonly unknown[];
  readonly orOperators: readonly boolean[];
}

/** Children of a branch that are items; children that are an AND of items are taken apart under an OR. */
function flatten(branch: Row, isItem: (node: unknown) => boolean): Level | string {
  const isOr = branch['logicalOperator'] === 'OR';
  if (!isOr && branch['logicalOperator'] !== 'AND') return 'logicalOperator must be AND or OR';
  const items: unknown[] = [];
  const orOperators: boolean[] = [];
  for (const child of toChildren(branch)) {
    const run = isItem(child) ? [child] : toRun(child, isOr, isItem);
    if (run === undefined) return 'is nested deeper than groups of conditions';
    run.forEach((item, i) => {
      if (items.length > 0) orOperators.push(i === 0 && isOr);
      items.push(item);
    });
  }
  return { items, orOperators };
}

/** Under an OR an AND may stand for its items: it binds closer. */
function toRun(
  node: unknown,
  isOr: boolean,
  isItem: (node: unknown) => boolean,
): readonly unknown[] | undefined {
  if (!isOr || !isBranch(node) || node['logicalOperator'] !== 'AND') return undefined;
  const children = toChildren(node);
  return children.every(isItem) ? children : undefined;
}

const isBranch = (node: unknown): node is Row =>
  isObject(node) && Array.isArray(node['conditionData']);

const toChildren = (branch: Row): readonly unknown[] =>
  Array.isArray(branch['conditionData']) ? (branch['conditionData'] as unknown[]) : [];

/** A condition on its own, or a branch that says it is a block, or one that holds nothing but conditions. */
const isBlock = (node: unknown): boolean =>
  !isBranch(node) ||
  node['isConditionBlock'] === true ||
  (toChildren(node).length > 0 && toChildren(node).every((child) => !isBranch(child)));

function toLeaf(node: unknown): unknown {
  if (!isObject(node)) return node;
  const { isConditionBlock: _, parentId: __, logicalOperator: ___, ...leaf } = node;
  return leaf;
}
