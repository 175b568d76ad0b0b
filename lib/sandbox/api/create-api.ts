import { Hono } from 'hono';
import { ApiError, toErrorBody } from './api-error';
import { toldMs, type ExchangeEnv } from './exchange';
import { authorise, type Guard } from './oauth/guard';

/** The API's front: what needs no token, the guard before everything else, errors in one form. */
export function createApi(
  guard: Guard,
  open: Hono<ExchangeEnv>,
  resources: readonly Hono<ExchangeEnv>[],
): Hono<ExchangeEnv> {
  const api = new Hono<ExchangeEnv>();
  api.route('/', open);
  // Every path below this line needs a token and counts against the windows.
  api.use('*', async (c, next) => {
    authorise(c.req.method, c.req.header('authorization'), c.env, guard);
    await next();
  });
  for (const routes of resources) api.route('/', routes);

  const app = new Hono<ExchangeEnv>();
  app.route('/v1', api);
  app.route('/', api);
  app.notFound((c) => c.json(toErrorBody(`No endpoint ${c.req.path}.`, toldMs(c.env)), 404));
  app.onError((error, c) => {
    if (error instanceof ApiError) {
      return c.json(toErrorBody(error.message, toldMs(c.env)), error.status);
    }
    return c.json(toErrorBody('Data access error.', toldMs(c.env)), 500);
  });
  return app;
}
