import { EXPERIMENT_DEFAULTS } from '@/lib/sandbox/state/defaults';
import type { Row } from '@/lib/sandbox/state/row';
import { toZonelessSecond } from '@/lib/sandbox/world/buckets';
import { settleGoals } from './goals';
import { isRunning } from './moves';
import { findNamed, type Ground } from './references';
import { checkSum, cutSplit, mergeSplit, toIds, toKeys, toRespoolTimes, toSplit } from './split';
import { settleTargeting } from './targeting';

/** An experiment as it shall be, with the variations that come to it and go from it; nothing is written yet. */
export interface Change {
  readonly row: Row;
  readonly attached: readonly Row[];
  readonly detached: readonly Row[];
}

/** Lays checked fields over an experiment. Faults are told to the ground; the caller refuses then. */
export function changeExperiment(before: Row, fields: Row, ground: Ground): Change {
  const { nowMs, checks } = ground;
  const { variations, deviations, respoolTime, ...plain } = fields;
  const moved: Moved = settleVariations(before, variations, ground);
  const keys = toKeys(moved.variations);
  const split = mergeSplit(cutSplit(toSplit(before['deviations']), keys), deviations, checks);
  const isSplitMeant = isSet(deviations) || moved.detached.length > 0;
  if (isSplitMeant) checkSum(split, checks);
  const changed = {
    ...withDefaults(before, plain),
    variations: moved.variations,
    deviations: split,
    respoolTime: toRespoolTimes(before, split, respoolTime, nowMs, checks),
    dateModified: toZonelessSecond(nowMs),
  };
  const aimed = settleTargeting(
    before,
    settleGoals(before, changed, fields, ground),
    fields,
    ground,
  );
  return { row: aimed, attached: moved.attached, detached: moved.detached };
}

const isSet = (value: unknown): boolean => value !== undefined && value !== null;

/** A null takes a field back to what it is when nobody says anything. A draft may lack its page. */
function withDefaults(before: Row, fields: Row): Row {
  const settled = Object.entries({ ...before, ...fields }).map(([field, value]) =>
    value === null && field !== 'baseURL' ? [field, EXPERIMENT_DEFAULTS[field]] : [field, value],
  );
  return Object.fromEntries(settled.filter(([, value]) => value !== undefined)) as Row;
}

interface Moved {
  readonly variations: readonly number[];
  readonly attached: readonly Row[];
  readonly detached: readonly Row[];
}

/** `sent` is the whole list: variations of nobody come, those it does not name go. */
function settleVariations(before: Row, sent: unknown, ground: Ground): Moved {
  const { state, checks } = ground;
  const current = toIds(before['variations']);
  if (!isSet(sent)) return { variations: current, attached: [], detached: [] };
  const variations = toIds(sent);
  const attached: Row[] = [];
  variations.forEach((id, i) => {
    if (current.includes(id)) return;
    const path = `variations[${i}]`;
    const row = findOrphan(before['siteId'], id, path, ground);
    if (row !== undefined) attached.push(row);
  });
  const gone = current.filter((id) => !variations.includes(id));
  if (gone.length > 0 && variations.length === 0 && isRunning(before))
    checks.fault('variations', 'must not be empty while the experiment is running');
  const detached = gone
    .map((id) => state.of('variations').find(id))
    .filter((row) => row !== undefined);
  return { variations, attached, detached };
}

/** A variation that can be attached; a fault when there is none, or when it belongs to something else. */
function findOrphan(siteId: unknown, id: number, path: string, ground: Ground): Row | undefined {
  const row = findNamed(ground, 'variations', siteId, id, path);
  if (row === undefined) return undefined;
  if (!isSet(row['experimentId']) && !isSet(row['personalizationId'])) return row;
  ground.checks.fault(path, `variation ${id} belongs to another campaign`);
  return undefined;
}
