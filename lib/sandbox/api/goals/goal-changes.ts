import { isSet, type Checks } from '@/lib/sandbox/api/checks';
import type { Row } from '@/lib/sandbox/state/row';

export const GOAL_STATUSES = ['ACTIVE', 'INACTIVE'] as const;

/** What a partial update may change, checked; everything else a client sends back is left aside. */
export function readGoalChanges(body: Row, checks: Checks): Row {
  const { name, tags, status, description, hasMultipleConversions } = body;
  const changes: Record<string, unknown> = {};
  if (name !== undefined && checks.isText(name, 'name')) changes['name'] = name;
  if (isSet(tags) && checks.isTextList(tags, 'tags')) changes['tags'] = tags;
  if (isSet(status) && checks.isOneOf(status, 'status', GOAL_STATUSES))
    Object.assign(changes, { status, isActive: status === 'ACTIVE' });
  if (isSet(description)) {
    if (typeof description === 'string') changes['description'] = description;
    else checks.fault('description', 'must be a text');
  }
  if (
    hasMultipleConversions !== undefined &&
    checks.isFlag(hasMultipleConversions, 'hasMultipleConversions')
  )
    Object.assign(changes, { hasMultipleConversions });
  return changes;
}

/** The keys of a goal in the live order; those that are not there are left out. */
const ORDER: readonly string[] = [
  'accessLimiters',
  'createdBy',
  'customDatas',
  'dateCreated',
  'dateModified',
  'description',
  'experimentAmount',
  'experiments',
  'featureFlagAmount',
  'hasMultipleConversions',
  'holdoutAmount',
  'holdouts',
  'id',
  'isActive',
  'isTargetingSegmentMentalist',
  'mentalistWeight',
  'name',
  'params',
  'personalizationAmount',
  'personalizations',
  'siteId',
  'status',
  'tags',
  'targetingSegmentMentalist',
  'trackingTools',
  'type',
];

export function toGoalOrder(row: Row): Row {
  return Object.fromEntries(
    ORDER.filter((name) => row[name] !== undefined).map((name) => [name, row[name]]),
  );
}
