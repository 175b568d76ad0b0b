import type { Row } from '@/lib/sandbox/state/row';
import { findNamed, type Ground } from './references';
import { toIds } from './split';

/**
 * The list of goals is replaced as sent, so an object read without `optionalFields` and sent back loses them all.
 * Goals it already has may be gone by now; new ones must be there. The main goal is one of them: when it is sent anew it
 * must be, and when the list leaves it behind the first one takes its place.
 */
export function settleGoals(before: Row, changed: Row, fields: Row, ground: Ground): Row {
  const known = toIds(before['goals']);
  const goals = toIds(changed['goals']);
  goals.forEach((id, i) => {
    if (!known.includes(id)) findNamed(ground, 'goals', changed['siteId'], id, `goals[${i}]`);
  });
  const { mainGoalId, ...rest } = changed;
  const isNew = typeof fields['mainGoalId'] === 'number' && mainGoalId !== before['mainGoalId'];
  if (isNew && !goals.includes(Number(mainGoalId)))
    ground.checks.fault('mainGoalId', 'must be one of the goals');
  const main = goals.find((id) => id === mainGoalId) ?? goals[0];
  return main === undefined ? rest : { ...rest, mainGoalId: main };
}
