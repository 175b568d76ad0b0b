import { Hono } from 'hono';
import { ApiError, toErrorBody } from './api-error';
import { authorise, type Guard } from './authorise';
import { toldMs, type ExchangeEnv } from './exchange';
import { answerTokenRequest, type Credentials } from './oauth';

/** The API's front: the token endpoint, the guard before everything else, errors in one form. */
export function createApi(
  guard: Guard,
  credentials: Credentials,
  resources: readonly Hono<ExchangeEnv>[],
): Hono<ExchangeEnv> {
  const api = new Hono<ExchangeEnv>();
  api.post('/oauth/token', (c) => answerTokenRequest(c.req.raw, { ...guard, credentials }, c.env));
  // Every path below this line needs a token and counts against the windows.
  api.use('*', async (c, next) => {
    authorise(c.req.header('authorization'), c.env, guard);
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
