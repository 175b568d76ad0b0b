import { Hono } from 'hono';
import { readBody } from '@/lib/sandbox/api/body';
import { createChecks } from '@/lib/sandbox/api/checks';
import type { ExchangeEnv } from '@/lib/sandbox/api/exchange';
import type { AccessTokens } from '@/lib/sandbox/api/oauth/access-tokens';
import { requireRight } from '@/lib/sandbox/api/rights';
import type { State } from '@/lib/sandbox/state/state';
import { findExperiment } from './find-subject';
import { readIntervals } from './read-intervals';

/**
 * `POST /experiments/{id}/results/share`: `{"sharedToken"}`, which opens the results of this experiment and nothing
 * else. A body may be there and begins like a results request; only its dates are checked, and none of it is kept.
 */
export function createShareRoutes(
  state: State,
  tokens: Pick<AccessTokens, 'issueShared'>,
): Hono<ExchangeEnv> {
  const routes = new Hono<ExchangeEnv>();
  routes.post('/experiments/:id/results/share', async (c) => {
    const principal = requireRight(c, 'read');
    const row = findExperiment(state, principal, c.req.param('id'));
    if ((await c.req.text()) !== '') {
      const checks = createChecks();
      readIntervals((await readBody(c))['dateIntervals'], checks);
      checks.done();
    }
    const sharedToken = tokens.issueShared(Number(row['id']), principal, c.env.nowMs);
    return c.json({ sharedToken });
  });
  return routes;
}
