import { Hono } from 'hono';
import { DAY_MS } from '@/lib/sandbox/clock';
import type { FaultBoard } from '@/lib/sandbox/faults/fault-board';
import { FaultRefused } from '@/lib/sandbox/faults/parse-faults';
import type { RequestLog } from './request-log';
import { isObject, parseJson } from '@/lib/sandbox/state/row';

/** The sandbox's own time. */
export interface SandboxTime {
  now(): number;
  advance(byMs: number): void;
}

const MOST_MS = 366 * DAY_MS;

/**
 * What belongs to the sandbox and not to the API: no token, no windows, no faults.
 *
 * - `GET /__sandbox/requests`: RequestReport.
 * - `GET /__sandbox/faults`: FaultReport, faults that wait, strike or are over.
 * - `POST /__sandbox/faults`: one fault `{"kind":"down","durationMs":60000}`, or several
 *   `{"faults":[…],"seed":7,"replace":true}`; added to those that are set unless `replace` is true.
 *   `seed` (of the chances) comes with `replace` only. Answers the report; 400 names the field.
 * - `DELETE /__sandbox/faults`: all off; answers the report.
 * - `GET /__sandbox/clock`: `{"nowMs":…}`, the sandbox's own time, epoch ms.
 * - `POST /__sandbox/clock` `{"advanceMs":1209600000}`: lets time pass for everything at once (the world, every date
 *   and the `Date` header, tokens, rate windows, jobs, faults), a year at most in one step and never back. Answers
 *   the new `{"nowMs":…}`. A state file keeps it; without one a restart is back at the machine's time.
 *
 * The kinds and their settings are the tables in `lib/sandbox/faults/kinds`.
 */
export function createControlRoutes(log: RequestLog, board: FaultBoard, time: SandboxTime): Hono {
  const app = new Hono().basePath('/__sandbox');
  app.get('/requests', (c) => c.json(log.report()));
  app.get('/faults', (c) => c.json(board.report()));
  app.post('/faults', async (c) => {
    setFaults(parseJson(await c.req.text()), board);
    return c.json(board.report());
  });
  app.delete('/faults', (c) => {
    board.clear();
    return c.json(board.report());
  });
  app.get('/clock', (c) => c.json({ nowMs: time.now() }));
  app.post('/clock', async (c) => {
    time.advance(readAdvance(parseJson(await c.req.text())));
    return c.json({ nowMs: time.now() });
  });
  app.onError((error, c) => {
    if (error instanceof FaultRefused) {
      return c.json({ field: error.field, message: error.message }, 400);
    }
    return c.json({ message: 'The sandbox itself failed.' }, 500);
  });
  return app;
}

function readAdvance(body: unknown): number {
  if (!isObject(body)) throw new FaultRefused('body', 'must be a JSON object');
  const { advanceMs, ...others } = body;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new FaultRefused(unknown, 'is not known here');
  if (!Number.isInteger(advanceMs) || Number(advanceMs) < 0 || Number(advanceMs) > MOST_MS)
    throw new FaultRefused('advanceMs', `must be a whole number from 0 to ${MOST_MS}`);
  return Number(advanceMs);
}

function setFaults(body: unknown, board: FaultBoard): void {
  if (!isObject(body)) throw new FaultRefused('body', 'must be a JSON object');
  if ('kind' in body) {
    board.add([body]);
    return;
  }
  const { faults, seed, replace = false, ...others } = body;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new FaultRefused(unknown, 'is not known here');
  if (typeof replace !== 'boolean') throw new FaultRefused('replace', 'must be true or false');
  if (seed === undefined) {
    if (replace) board.set(faults);
    else board.add(faults);
    return;
  }
  if (!Number.isSafeInteger(seed)) throw new FaultRefused('seed', 'must be a whole number');
  if (!replace) throw new FaultRefused('seed', 'comes only with replace');
  board.set(faults, Number(seed));
}
