import type { MiddlewareHandler } from 'hono';
import { ApiError } from '@/lib/sandbox/api/api-error';
import type { ExchangeEnv } from '@/lib/sandbox/api/exchange';
import { canSee } from '@/lib/sandbox/api/visible';
import { KINDS } from '@/lib/sandbox/state/kind';
import type { State } from '@/lib/sandbox/state/state';
import type { FaultBoard } from './fault-board';

const OBJECT = /^(?:\/v1)?\/([a-z-]+)(?:\/simulate|\/restart)?\/(\d+)(?:\/|$)/;

/**
 * 423 while somebody edits an object in the app. It stands before the routes, as a refused change must change nothing;
 * what does not exist for whoever asks cannot be locked either.
 */
export function refuseLocked(state: State, board: FaultBoard): MiddlewareHandler<ExchangeEnv> {
  return async (c, next) => {
    const [, name, id = ''] = OBJECT.exec(c.req.path) ?? [];
    const kind = KINDS.find((one) => one === name);
    const row = kind === undefined ? undefined : state.of(kind).find(id);
    const isThere = row !== undefined && canSee(c.env.principal, kind ?? 'experiments', row);
    const isMeant = kind === undefined || isThere;
    if (isMeant && board.strike('locked', c.env.about) !== undefined)
      throw new ApiError(423, 'The object is locked by another user.');
    await next();
  };
}
