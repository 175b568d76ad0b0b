import { Hono } from 'hono';
import { ApiError } from '@/lib/sandbox/api/api-error';
import { readBody } from '@/lib/sandbox/api/body';
import type { ExchangeEnv } from '@/lib/sandbox/api/exchange';
import { requireRight } from '@/lib/sandbox/api/rights';
import { makeVariation } from '@/lib/sandbox/api/variations/make-variation';
import { isObject } from '@/lib/sandbox/state/row';
import type { State } from '@/lib/sandbox/state/state';

/** The one operation that published clients send: its argument is a variable, its answer a flat selection of fields. */
const CREATE_VARIATION =
  /^\s*mutation\b[^{]*\{\s*createVariation\s*\(\s*variation\s*:\s*\$(\w+)\s*\)\s*\{([\s\w,]*)\}\s*\}\s*$/;

/**
 * `POST /graphql`, of which the schema is not public: `createVariation` and nothing else. A refusal has GraphQL's own
 * form, 200 with `errors`; what is wrong with the request itself (token, rights, JSON) is refused as everywhere.
 */
export function createGraphqlRoutes(state: State): Hono<ExchangeEnv> {
  const routes = new Hono<ExchangeEnv>();

  routes.post('/graphql', async (c) => {
    requireRight(c, 'write');
    const { query, variables } = await readBody(c);
    const refuse = (message: string) => c.json({ data: null, errors: [{ message }] });
    const [, name, selection = ''] = CREATE_VARIATION.exec(String(query)) ?? [];
    if (name === undefined)
      return refuse('Only mutation ($v) { createVariation(variation: $v) { … } } is known here');
    const fields = selection.split(/[\s,]+/).filter((field) => field !== '');
    if (fields.length === 0) return refuse("'createVariation' needs a selection of fields");
    const input = isObject(variables) ? variables[name] : undefined;
    if (!isObject(input)) return refuse(`Variable '${name}' must be an object`);
    try {
      const row = makeVariation(state, c, input);
      const shown = fields.map((field) => [field, row[field] ?? null]);
      return c.json({ data: { createVariation: Object.fromEntries(shown) as unknown } });
    } catch (error) {
      if (error instanceof ApiError) return refuse(error.message);
      throw error;
    }
  });
  return routes;
}
