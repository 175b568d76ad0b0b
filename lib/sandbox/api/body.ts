import type { Context } from 'hono';
import { isObject, parseJson, type Row } from '@/lib/sandbox/state/row';
import { ApiError, toInvalid } from './api-error';
import type { ExchangeEnv } from './exchange';

/** The JSON object of a request; 400 without `Content-Type: application/json`, or when it is none. */
export async function readBody(c: Context<ExchangeEnv>): Promise<Row> {
  const contentType = c.req.header('content-type') ?? '';
  if (!contentType.toLowerCase().startsWith('application/json'))
    throw new ApiError(400, `Content type '${contentType}' not supported.`);
  const body = parseJson(await c.req.text());
  if (body === undefined) throw toInvalid('body: is not JSON');
  if (!isObject(body)) throw toInvalid('body: must be a JSON object');
  return body;
}

/** As `readBody`; where nothing was sent at all, nothing is said. */
export async function readBodyIfAny(c: Context<ExchangeEnv>): Promise<Row> {
  return (await c.req.text()).trim() === '' ? {} : readBody(c);
}
