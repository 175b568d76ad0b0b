import { Hono } from 'hono';
import type { FaultBoard } from '@/lib/sandbox/faults/fault-board';
import { refuseLocked } from '@/lib/sandbox/faults/refuse-locked';
import type { State } from '@/lib/sandbox/state/state';
import type { ExchangeEnv } from './exchange';
import { wakeScheduled } from './experiments/wake-scheduled';

/** What happens before any resource is looked at. */
export function createGate(state: State, board: FaultBoard): Hono<ExchangeEnv> {
  const gate = new Hono<ExchangeEnv>();
  gate.use('*', wakeScheduled(state));
  gate.use('*', refuseLocked(state, board));
  return gate;
}
