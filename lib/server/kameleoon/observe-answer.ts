import 'server-only';

import type { Allowance } from '@/lib/server/kameleoon/allowance';
import type { Observation } from '@/lib/server/kameleoon/budget';

/** A number this large is a moment in epoch seconds, not a delay. */
const EPOCH_SECONDS = 1e9;

/**
 * What an answer tells the budget, whatever its status: the API's time, and what is left where it says so.
 * `RateLimit-*` and `X-RateLimit-*`, one field per figure or all in one; nothing of it is needed.
 */
export function observeAnswer(response: Pick<Response, 'status' | 'headers'>): Observation {
  const { status, headers } = response;
  // A cache's answer tells another moment's time, and what was left then.
  if (headers.has('age')) return { upstreamMs: null, allowances: [], isRefusal: status === 429 };
  const dateMs = Date.parse(headers.get('date') ?? '');
  const upstreamMs = Number.isNaN(dateMs) ? null : dateMs;
  const allowances = [
    ...toItems(headers.get('ratelimit') ?? ''),
    ...['ratelimit', 'x-ratelimit'].map((prefix) => gather(headers, prefix)),
  ].flatMap((text) => toAllowance(text, upstreamMs) ?? []);
  return { upstreamMs, allowances, isRefusal: status === 429 };
}

/** An older form parts figures by commas, the newer one policies. */
const toItems = (text: string): string[] =>
  /remaining\s*=/i.test(text) ? [text.replaceAll(',', ';')] : text.split(',');

/** Three fields as one: `limit=50;remaining=3;reset=7`. */
const gather = (headers: Headers, prefix: string): string =>
  ['limit', 'remaining', 'reset']
    .map((name) => `${name}=${headers.get(`${prefix}-${name}`) ?? ''}`)
    .join(';');

function toAllowance(text: string, upstreamMs: number | null): Allowance | null {
  const remaining = figure(text, 'remaining|r');
  const reset = figure(text, 'reset|t');
  if (remaining === null || reset === null) return null;
  const resetMs = reset < EPOCH_SECONDS ? reset * 1000 : reset * 1000 - (upstreamMs ?? Infinity);
  if (!(resetMs >= 0)) return null;
  const windowS = figure(text, 'w');
  return {
    limit: figure(text, 'limit|q') ?? undefined,
    remaining,
    resetMs,
    windowMs: windowS === null ? undefined : windowS * 1000,
  };
}

function figure(text: string, names: string): number | null {
  const found = new RegExp(`(?:^|[;\\s])(?:${names})=\\s*(\\d{1,12})`, 'i').exec(text);
  return found ? Number(found[1]) : null;
}
