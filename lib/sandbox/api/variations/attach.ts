import type { Change } from '@/lib/sandbox/api/experiments/change';
import type { Ground } from '@/lib/sandbox/api/experiments/references';
import { findNamed } from '@/lib/sandbox/api/experiments/references';
import {
  cutSplit,
  toIds,
  toKeys,
  toRespoolTimes,
  toSplit,
  withoutKey,
} from '@/lib/sandbox/api/experiments/split';
import type { Row } from '@/lib/sandbox/state/row';
import { toZonelessSecond } from '@/lib/sandbox/world/buckets';

/** An experiment before and after a variation came to it or went from it. */
export interface Move {
  readonly before: Row;
  readonly change: Change;
}

/** The experiment a variation shall belong to, with it; it gets no visitors yet. Undefined when there is nothing to do. */
export function attachTo(variation: Row, experimentId: unknown, ground: Ground): Move | undefined {
  const current = variation['experimentId'];
  if (typeof experimentId !== 'number' || experimentId === current) return undefined;
  const before = findNamed(
    ground,
    'experiments',
    variation['siteId'],
    experimentId,
    'experimentId',
  );
  if (before === undefined) return undefined;
  const owner = current ?? variation['personalizationId'];
  if (owner !== undefined && owner !== null) {
    ground.checks.fault(
      'experimentId',
      `the variation belongs to ${JSON.stringify(owner)} already`,
    );
    return undefined;
  }
  const variations = [...toIds(before['variations']), Number(variation['id'])];
  const split = cutSplit(toSplit(before['deviations']), toKeys(variations));
  const row = withSplit(before, variations, split, ground);
  return { before, change: { row, attached: [variation], detached: [] } };
}

/** The experiment of a variation without it; what visitors it had goes to the others. */
export function detachFrom(before: Row, variation: Row, ground: Ground): Move {
  const gone = Number(variation['id']);
  const variations = toIds(before['variations']).filter((id) => id !== gone);
  const split = withoutKey(toSplit(before['deviations']), String(gone));
  const row = withSplit(before, variations, split, ground);
  return { before, change: { row, attached: [], detached: [] } };
}

function withSplit(
  before: Row,
  variations: readonly number[],
  deviations: Readonly<Record<string, number>>,
  { nowMs, checks }: Ground,
): Row {
  const respoolTime = toRespoolTimes(before, deviations, undefined, nowMs, checks);
  const dateModified = toZonelessSecond(nowMs);
  return { ...before, variations, deviations, respoolTime, dateModified };
}
