import { isObject, type Row } from '@/lib/sandbox/state/row';
import type { State } from '@/lib/sandbox/state/state';
import { toZonelessSecond } from '@/lib/sandbox/world/buckets';

/** A segment that is deleted while in use leaves its users to all visitors, without a word, as the live API does. */
export function releaseSegment(state: State, segmentId: unknown, nowMs: number): void {
  const dateModified = toZonelessSecond(nowMs);
  for (const kind of ['experiments', 'personalizations'] as const) {
    const users = state.of(kind).rows.filter((row) => row['targetingSegmentId'] === segmentId);
    for (const row of users) state.of(kind).put({ ...toAllVisitors(row), dateModified });
  }
  const rules = state.of('targeting-rules');
  for (const rule of rules.rows.filter((row) => row['segmentId'] === segmentId))
    rules.put(toOpenRule(rule));
}

function toAllVisitors({ targetingSegmentId: _, ...row }: Row): Row {
  const rule = row['targetingRule'];
  return {
    ...row,
    ...(row['targetingConfiguration'] === 'SAVED_TEMPLATE'
      ? { targetingConfiguration: 'ALL_VISITORS' }
      : {}),
    ...(isObject(rule) ? { targetingRule: toOpenRule(rule) } : {}),
  };
}

const toOpenRule = ({ segmentId: _, ...rule }: Row): Row => ({
  ...rule,
  segmentConfiguration: 'ALL_VISITORS',
  targetingConfigurationParam: 'ALL_VISITORS',
});
