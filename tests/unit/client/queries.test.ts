import { expect, it } from 'vitest';
import { livePath, pagePath } from '@/lib/client/api';
import { seedList } from '@/lib/client/list-query';
import { applyEvent, pulseOptions, readingOptions, seedPage } from '@/lib/client/queries';
import { FIRST_VIEW } from '@/lib/core/live/list-ask';
import { toProblem } from '@/lib/core/problem/problem';
import { createQueryClient } from '@/lib/client/query-client';
import { aListBody } from '@/tests/builders/list-body';
import { aCurve, aFreshness, aReading } from '@/tests/builders/reading';

it('writes hydration, push and GET under one key', () => {
  const client = createQueryClient();
  const pushed = aReading({ freshness: { asOfMs: 9 } });
  seedList(client, FIRST_VIEW, aListBody());
  applyEvent(client, { type: 'analysis', reading: pushed });
  expect(client.getQueryData(readingOptions('188400').queryKey)).toEqual(pushed);
  seedPage(client, aReading(), aCurve());
  expect(
    client
      .getQueryCache()
      .getAll()
      .map(({ queryKey }) => queryKey),
  ).toEqual([['reading', '188400'], ['pulse'], ['list', ''], ['curve', '188400', 1]]);
});

it('keeps the figures when only their freshness changes', () => {
  const client = createQueryClient();
  const reading = aReading();
  seedList(client, FIRST_VIEW, aListBody([reading]));
  const freshness = aFreshness({ state: 'failed' });
  applyEvent(client, { type: 'problem', questionKey: '188400', freshness });
  const now = client.getQueryData(readingOptions('188400').queryKey);
  expect(now?.freshness).toEqual(freshness);
  expect(now?.analysis).toEqual(reading.analysis);
  applyEvent(client, { type: 'problem', questionKey: 'unknown', freshness });
  expect(client.getQueryData(readingOptions('unknown').queryKey)).toBeUndefined();
});

it('hears of progress, and that nothing is remembered, with each heartbeat', () => {
  const client = createQueryClient();
  seedList(client, FIRST_VIEW, aListBody());
  expect(client.getQueryData(pulseOptions.queryKey)?.storeProblem).toBeNull();
  const progress = { read: 1, total: 1, atRest: { read: 2, total: 3 } };
  const storeProblem = toProblem('store-failed', 'disk full');
  applyEvent(client, { type: 'heartbeat', nowMs: 2, progress, storeProblem });
  expect(client.getQueryData(pulseOptions.queryKey)).toEqual({ progress, storeProblem });
});

it('keeps what the stream brought when an older list arrives', () => {
  const client = createQueryClient();
  const pushed = aReading({ freshness: { asOfMs: 9 } });
  applyEvent(client, { type: 'analysis', reading: pushed });
  seedList(client, FIRST_VIEW, aListBody([aReading({ freshness: { asOfMs: 8 } })]));
  expect(client.getQueryData(readingOptions('188400').queryKey)).toEqual(pushed);
});

it('asks for all questions in one stream, and for none in none', () => {
  expect(livePath(['1', '2;goal=3'])).toBe('/api/live?q=1&q=2%3Bgoal%3D3');
  expect(livePath([])).toBeNull();
  expect(pagePath('188400;goal=3;level=0.9')).toBe('/experiments/188400?goal=3&level=0.9');
});
