import { toInvalid } from '@/lib/sandbox/api/api-error';
import { toShown } from '@/lib/sandbox/api/shown';
import type { Row } from '@/lib/sandbox/state/row';
import { toZonelessSecond } from '@/lib/sandbox/world/buckets';
import { toPlannedStart } from './schedule';
import { toIds } from './split';

/** What `?action=` may ask: from which statuses, to which. */
const MOVES = {
  ACTIVATE: { from: ['draft', 'scheduled'], to: 'active' },
  PAUSE: { from: ['active'], to: 'paused' },
  RESUME: { from: ['paused'], to: 'active' },
  STOP: { from: ['active', 'paused'], to: 'stopped' },
  DEACTIVATE: { from: ['active', 'paused', 'scheduled'], to: 'deactivated' },
  SCHEDULE: { from: ['draft'], to: 'scheduled' },
  /** Not an action of its own: `POST /experiments/restart/{id}`. */
  RESTART: { from: ['stopped'], to: 'active' },
} as const;
export type Move = keyof typeof MOVES;

export const isRunning = (row: Row): boolean =>
  row['status'] === 'active' || row['status'] === 'paused';

/** Reads `action`, as it is documented: in capitals. */
export function parseAction(action: string): Move {
  if (action !== 'RESTART' && Object.hasOwn(MOVES, action)) return action as Move;
  throw toInvalid(`'action': unknown value '${toShown(action)}'`);
}

/** The experiment after a move, with the dates it leaves; 400 when its status does not allow it. */
export function moveExperiment(row: Row, move: Move, nowMs: number): Row {
  const { from, to } = MOVES[move];
  if (!from.some((status) => status === row['status'])) {
    throw toInvalid(
      `'action': ${move} is not possible, the experiment is ${String(row['status'])} and must be ${from.join(' or ')}`,
    );
  }
  const date = toZonelessSecond(nowMs);
  if (to !== 'stopped' && to !== 'deactivated' && toIds(row['variations']).length === 0)
    throw toInvalid("'variations': must not be empty");
  if (move === 'SCHEDULE') {
    if (toPlannedStart(row) === undefined) throw toInvalid("'schedules': must not be empty");
    return { ...row, status: to, dateModified: date, dateStatusModified: date };
  }
  const { dateEnded: _, dateCollectingDataStopped: __, ...rest } = row;
  return {
    ...rest,
    status: to,
    dateModified: date,
    dateStatusModified: date,
    ...(to === 'active' && row['dateStarted'] === undefined ? { dateStarted: date } : {}),
    ...(to === 'stopped' ? { dateEnded: date, collectingDataEnabled: false } : {}),
    ...(move === 'RESTART' ? { collectingDataEnabled: true } : {}),
    ...(to === 'active' ? {} : { dateCollectingDataStopped: date }),
  };
}
