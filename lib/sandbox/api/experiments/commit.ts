import type { Row } from '@/lib/sandbox/state/row';
import type { State } from '@/lib/sandbox/state/state';
import type { Turn } from '@/lib/sandbox/world/turn';
import type { Change } from './change';
import { toIds, toSplit } from './split';

/** Writes a change that was found good, and tells the world if what it collects by has changed. */
export function commitChange(state: State, before: Row, change: Change, nowMs: number): Row {
  const { row, attached, detached } = change;
  const variations = state.of('variations');
  for (const variation of attached) variations.put({ ...variation, experimentId: row['id'] });
  for (const variation of detached) {
    const { experimentId: _, ...orphan } = variation;
    variations.put(orphan);
  }
  putRule(state, row);
  state.of('experiments').put(row);
  tellWorld(state, before, row, nowMs);
  return row;
}

/** A draft collects nothing: the world hears of an experiment from its launch on. */
export function tellWorld(state: State, before: Row, row: Row, nowMs: number): void {
  if (row['dateStarted'] === undefined || toCause(before) === toCause(row)) return;
  state.addTurn(Number(row['id']), toTurn(row, nowMs));
}

export function toTurn(row: Row, atMs: number): Turn {
  const goals = toIds(row['goals']);
  const main = row['mainGoalId'];
  return {
    atMs,
    isCollecting: row['status'] === 'active',
    split: toSplit(row['deviations']),
    goals: [...goals.filter((id) => id === main), ...goals.filter((id) => id !== main)],
  };
}

const toCause = (row: Row): string =>
  JSON.stringify([row['status'], row['variations'], toTurn(row, 0)]);

/** The targeting rule an experiment was made with is an object of its own too. */
function putRule(state: State, row: Row): void {
  const rule = row['targetingRule'] as Row | undefined;
  if (rule === undefined) return;
  const rules = state.of('targeting-rules');
  const known = rules.find(Number(rule['id']));
  const next = { ...rule, experimentId: row['id'] };
  if (known === undefined || JSON.stringify(known) !== JSON.stringify(next)) rules.put(next);
}
