import { expect, it } from 'vitest';
import { livePath, pagePath } from '@/lib/client/api';
import { applyEvent, listOptions, readingOptions, seedList, seedPage } from '@/lib/client/queries';
import { createQueryClient } from '@/lib/client/query-client';
import { aCurve, aFreshness, aReading } from '@/tests/builders/reading';

const body = (reading = aReading()) => ({
  experiments: [
    {
      id: '188400',
      name: 'x',
      status: 'active',
      project: reading.experiment.project,
      verdict: null,
      reading,
    },
  ],
  progress: { read: 0, total: 1, atRest: { read: 0, total: 0 } },
  nowMs: 1,
  asOfMs: 1,
  problem: null,
  storeProblem: null,
});

it('writes hydration, push and GET under one key', () => {
  const client = createQueryClient();
  const pushed = aReading({ freshness: { asOfMs: 9 } });
  seedList(client, body());
  applyEvent(client, { type: 'analysis', reading: pushed });
  expect(client.getQueryData(readingOptions('188400').queryKey)).toEqual(pushed);
  seedPage(client, aReading(), aCurve());
  expect(
    client
      .getQueryCache()
      .getAll()
      .map(({ queryKey }) => queryKey),
  ).toEqual([['reading', '188400'], ['list'], ['curve', '188400', 1]]);
});

it('keeps the figures when only their freshness changes', () => {
  const client = createQueryClient();
  const reading = aReading();
  seedList(client, body(reading));
  const freshness = aFreshness({ state: 'failed' });
  applyEvent(client, { type: 'problem', questionKey: '188400', freshness });
  const now = client.getQueryData(readingOptions('188400').queryKey);
  expect(now?.freshness).toEqual(freshness);
  expect(now?.analysis).toEqual(reading.analysis);
  applyEvent(client, { type: 'problem', questionKey: 'unknown', freshness });
  expect(client.getQueryData(readingOptions('unknown').queryKey)).toBeUndefined();
});

it('moves the reading progress on with a heartbeat', () => {
  const client = createQueryClient();
  seedList(client, body());
  const progress = { read: 1, total: 1, atRest: { read: 2, total: 3 } };
  applyEvent(client, { type: 'heartbeat', nowMs: 2, progress, storeProblem: null });
  expect(client.getQueryData(listOptions(client).queryKey)?.progress).toEqual(progress);
});

it('asks for all questions in one stream, and for none in none', () => {
  expect(livePath(['1', '2;goal=3'])).toBe('/api/live?q=1&q=2%3Bgoal%3D3');
  expect(livePath([])).toBeNull();
  expect(pagePath('188400;goal=3;level=0.9')).toBe('/experiments/188400?goal=3&level=0.9');
});
