import {
  EXPERIMENT_DEFAULTS,
  RULE_DEFAULTS,
  VARIATION_DEFAULTS,
} from '@/lib/sandbox/state/defaults';
import { isObject, type Row } from '@/lib/sandbox/state/row';
import { toBirthDates } from '@/lib/sandbox/api/fresh';
import { changeExperiment, type Change } from './change';
import type { Ground } from './references';
import { toIds, toShare } from './split';
import { toRule } from './targeting';

/**
 * A draft with one variation of its own and half the visitors for it, as the live API makes them. A body that names
 * variations (orphans of the site) gets those instead, in equal parts. `site`: where it lies, if it was found.
 */
export function createExperiment(fields: Row, site: Row | undefined, ground: Ground): Change {
  const { state, principal, nowMs } = ground;
  const siteId = site?.['id'];
  const named = toIds(fields['variations']);
  const own: Row[] =
    named.length > 0
      ? []
      : [{ id: state.nextId(), name: 'Variation 1', siteId, ...VARIATION_DEFAULTS }];
  const { type, ...rest } = fields;
  const base: Row = {
    id: state.nextId(),
    name: '',
    siteId,
    siteCode: site?.['code'],
    baseURL: null,
    type: type ?? 'CLASSIC',
    status: 'draft',
    ...EXPERIMENT_DEFAULTS,
    createdBy: principal.accountId,
    ...toBirthDates(nowMs),
    deviations: {},
    respoolTime: {},
    variations: own.map((row) => row['id']),
  };
  const variations = named.length > 0 ? named : toIds(base['variations']);
  const wanted = { ...rest, variations, deviations: toFirstSplit(variations, rest['deviations']) };
  const change = changeExperiment(base, wanted, ground);
  const rule = toRule(change.row, { id: state.nextId(), siteId, ...RULE_DEFAULTS });
  return {
    row: { ...change.row, targetingRule: rule },
    attached: [...own, ...change.attached],
    detached: [],
  };
}

/** Who sends a split with a new experiment knows the key `origin` only: the rest goes to its variation. */
function toFirstSplit(variations: readonly number[], sent: unknown): unknown {
  const [only, ...more] = variations;
  if (isObject(sent) && more.length === 0 && Object.keys(sent).join() === 'origin') {
    const origin = toShare(sent['origin']);
    return origin === undefined ? sent : { ...sent, [String(only)]: 1 - origin };
  }
  if (sent !== undefined && sent !== null) return sent;
  const share = 1 / (variations.length + 1);
  return Object.fromEntries(['origin', ...variations].map((key) => [String(key), share]));
}
