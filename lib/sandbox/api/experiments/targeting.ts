import { isObject, type Row } from '@/lib/sandbox/state/row';
import { findNamed, type Ground } from './references';

/** A segment named alone means a saved one. */
export function settleTargeting(before: Row, changed: Row, fields: Row, ground: Ground): Row {
  const segmentId = changed['targetingSegmentId'];
  const isNewSegment = typeof segmentId === 'number' && segmentId !== before['targetingSegmentId'];
  if (isNewSegment)
    findNamed(ground, 'segments', changed['siteId'], segmentId, 'targetingSegmentId');
  const isImplied = isNewSegment && typeof fields['targetingConfiguration'] !== 'string';
  const targetingConfiguration = isImplied ? 'SAVED_TEMPLATE' : changed['targetingConfiguration'];
  const settled = { ...changed, targetingConfiguration };
  const rule = changed['targetingRule'];
  return isObject(rule) ? { ...settled, targetingRule: toRule(settled, rule) } : settled;
}

/** The rule as the experiment's own fields have it. */
export function toRule(experiment: Row, rule: Row): Row {
  const { segmentId: _, ...rest } = rule;
  const segmentId = experiment['targetingSegmentId'];
  return {
    ...rest,
    siteId: experiment['siteId'],
    segmentConfiguration: segmentId === undefined ? 'ALL_VISITORS' : 'SAVED_TEMPLATE',
    ...(segmentId === undefined ? {} : { segmentId }),
    targetingConfigurationParam: experiment['targetingConfiguration'],
  };
}
