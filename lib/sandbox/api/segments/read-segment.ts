import { isSet, type Checks } from '@/lib/sandbox/api/checks';
import type { Row } from '@/lib/sandbox/state/row';
import { toGroups } from './condition-tree';
import { readConditionsData, toLeaves, type ConditionsData } from './conditions-data';

const SEGMENT_TYPES = ['STANDARD', 'KEY_MOMENT', 'FEATURE_FLAG', 'ALL'] as const;

/** What a partial update may change, checked; conditions are not among it. */
export function readSegmentChanges(body: Row, checks: Checks): Row {
  const { name, description, tags } = body;
  const changes: Record<string, unknown> = {};
  if (name !== undefined && checks.isText(name, 'name')) changes['name'] = name;
  if (isSet(description)) {
    if (typeof description === 'string') changes['description'] = description;
    else checks.fault('description', 'must be a text');
  }
  if (isSet(tags) && checks.isTextList(tags, 'tags')) changes['tags'] = tags;
  for (const flag of ['audienceTracking', 'isFavorite', 'isDeleted'] as const) {
    if (isSet(body[flag]) && checks.isFlag(body[flag], flag)) changes[flag] = body[flag];
  }
  return changes;
}

/** A whole segment, by either form of its conditions; `conditionsData` weighs more where both are sent. */
export function readSegment(body: Row, checks: Checks): (toId: (sent: unknown) => number) => Row {
  if (!isSet(body['name'])) checks.isThere(undefined, 'name');
  const changes = readSegmentChanges({ ...body, name: body['name'] ?? undefined }, checks);
  const segmentType = body['segmentType'] ?? 'STANDARD';
  checks.isOneOf(segmentType, 'segmentType', SEGMENT_TYPES);
  const build = readConditionsData(toForm(body, checks), checks);
  return (toId) => {
    const conditionsData = build(toId);
    return {
      ...changes,
      segmentType,
      conditionsData,
      hasSegmentCondition: hasSegmentCondition(conditionsData),
    };
  };
}

export const hasSegmentCondition = (data: ConditionsData): boolean =>
  toLeaves(data).some((leaf) => leaf['targetingType'] === 'SEGMENT');

function toForm({ conditionsData, conditionDataTree }: Row, checks: Checks): unknown {
  if (isSet(conditionsData) || !isSet(conditionDataTree)) return conditionsData;
  const groups = toGroups(conditionDataTree);
  if (typeof groups !== 'string') return groups;
  checks.fault('conditionDataTree', groups);
  return { firstLevel: [] };
}
