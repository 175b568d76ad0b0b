import { Hono } from 'hono';
import type { FaultBoard } from '@/lib/sandbox/faults/fault-board';
import { FaultRefused } from '@/lib/sandbox/faults/parse-faults';
import type { RequestLog } from './request-log';
import { isObject, parseJson } from '@/lib/sandbox/state/row';

/**
 * What belongs to the sandbox and not to the API: no token, no windows, no faults.
 *
 * - `GET /__sandbox/requests`: RequestReport.
 * - `GET /__sandbox/faults`: FaultReport, faults that wait, strike or are over.
 * - `POST /__sandbox/faults`: one fault `{"kind":"down","durationMs":60000}`, or several
 *   `{"faults":[…],"seed":7,"replace":true}`; added to those that are set unless `replace` is true.
 *   `seed` (of the chances) comes with `replace` only. Answers the report; 400 names the field.
 * - `DELETE /__sandbox/faults`: all off; answers the report.
 *
 * The kinds and their settings are the tables in `lib/sandbox/faults/kinds`.
 */
export function createControlRoutes(log: RequestLog, board: FaultBoard): Hono {
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
  app.onError((error, c) => {
    if (error instanceof FaultRefused) {
      return c.json({ field: error.field, message: error.message }, 400);
    }
    return c.json({ message: 'The sandbox itself failed.' }, 500);
  });
  return app;
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
