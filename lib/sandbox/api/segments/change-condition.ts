import { ApiError } from '@/lib/sandbox/api/api-error';
import { createChecks, isSet } from '@/lib/sandbox/api/checks';
import { toBirthDates } from '@/lib/sandbox/api/fresh';
import { toShown } from '@/lib/sandbox/api/shown';
import type { Row } from '@/lib/sandbox/state/row';
import type { State } from '@/lib/sandbox/state/state';
import { checkCondition, toCondition } from './condition-types';
import { toConditionsData, toLeaves } from './conditions-data';
import { hasSegmentCondition } from './read-segment';

/** `PUT /segments/{id}/conditions/{conditionId}`: takes the place of one condition and answers it. */
export function changeCondition(
  state: State,
  segment: Row,
  conditionId: string,
  body: Row,
  nowMs: number,
): Row {
  const data = toConditionsData(segment);
  const old = toLeaves(data).find((leaf) => String(leaf['id']) === conditionId);
  if (old === undefined) throw new ApiError(404, `No object with id ${toShown(conditionId)}.`);
  const checks = createChecks();
  // The Git bridge sends type, id and code only: how the condition counts stays as it was.
  const sent = {
    ...body,
    weight: isSet(body['weight']) ? body['weight'] : old['weight'],
    include: isSet(body['include']) ? body['include'] : old['include'],
  };
  checkCondition(sent, 'condition', checks);
  checks.done();
  const condition = toCondition(sent, Number(old['id']));
  const conditionsData = {
    ...data,
    firstLevel: data.firstLevel.map((group) => ({
      ...group,
      conditions: group.conditions.map((leaf) => (leaf === old ? condition : leaf)),
    })),
  };
  state.of('segments').put({
    ...segment,
    conditionsData,
    hasSegmentCondition: hasSegmentCondition(conditionsData),
    dateModified: toBirthDates(nowMs).dateModified,
  });
  return condition;
}
