import { toId } from '@/lib/cli/verdict/find';
import { InputFault } from '@/lib/cli/verdict/fault';
import { plain } from '@/lib/cli/verdict/plain';
import type { Run } from '@/lib/cli/verdict/session';
import type { Action } from '@/lib/server/kameleoon/api';

export type Move = 'launch' | 'pause' | 'resume' | 'stop';

const MOVES: Readonly<
  Record<Move, { readonly action: Action; readonly from: readonly string[]; readonly to: string }>
> = {
  launch: { action: 'ACTIVATE', from: ['draft'], to: 'active' },
  pause: { action: 'PAUSE', from: ['active'], to: 'paused' },
  resume: { action: 'RESUME', from: ['paused'], to: 'active' },
  stop: { action: 'STOP', from: ['active', 'paused'], to: 'stopped' },
};

/** Changes an experiment's status. What is in that status already is left alone, and that is no fault. */
export const actOnExperiment =
  (move: Move, given: string): Run =>
  async ({ api, words }) => {
    const id = toId(given, 'experiment');
    const { action, from, to } = MOVES[move];
    const before = await api.experiments.read(id);
    const name = plain(before.name ?? id);
    const status = before.status ?? '';
    if (status === to)
      return {
        text: words('act.already', { id, name, status: to }),
        json: { id, name: before.name, status: to, before: status, isChanged: false },
      };
    // A status that we do not know is the API's to judge.
    if (['draft', 'active', 'paused', 'stopped'].includes(status) && !from.includes(status))
      throw new InputFault(words('act.illegal', { id, name, status, move }));
    const after = await api.experiments.act(id, action);
    return {
      text: words('act.done', { id, name, status: plain(after.status ?? to) }),
      json: { id, name: after.name, status: after.status, before: before.status, isChanged: true },
    };
  };
