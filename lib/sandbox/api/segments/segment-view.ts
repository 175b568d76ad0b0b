import type { Row } from '@/lib/sandbox/state/row';
import { toConditionList, toConditionTree } from './condition-tree';
import { toConditionsData } from './conditions-data';

/** A segment as a GET shows it: its conditions in all three forms, made from the one that is kept. */
export function toSegmentView(row: Row): Row {
  const data = toConditionsData(row);
  return {
    ...row,
    conditionDataTree: toConditionTree(data),
    conditionDataList: toConditionList(data),
  };
}
