import { afterEach, describe, expect, it } from 'vitest';
import { toProblem } from '@/lib/core/problem/problem';
import type { BudgetUse, LineUse } from '@/lib/server/kameleoon/client';
import type { ResultsFigures } from '@/lib/server/live/figures';
import type { ResultsStatus } from '@/lib/server/live/results';
import { createMetrics } from '@/lib/server/metrics/create-metrics';
import { LOOP_WINDOW_MS, watchLoop } from '@/lib/server/metrics/loop-delay';
import { tellReading } from '@/lib/server/metrics/tell-reading';
import { tellUpstream } from '@/lib/server/metrics/tell-upstream';
import { watchFetch } from '@/lib/server/metrics/watch-fetch';
import { createFakeClock } from '@/tests/fakes/clock';

const BY_LANE = { auth: 0, interactive: 0, started: 0, background: 0 };
const budget = (more: Partial<BudgetUse> = {}): BudgetUse => ({
  tenSeconds: { used: 3, limit: 45, windowMs: 10_500 },
  hour: { used: 200, limit: 950, windowMs: 3_610_000 },
  total: 210,
  refused429: 1,
  waitMs: 0,
  queued: { ...BY_LANE, background: 4 },
  granted: { ...BY_LANE, interactive: 10, background: 200 },
  inFlight: 2,
  heldMs: 2_500,
  neighbourPerHour: 0,
  ...more,
});
const line: LineUse = {
  breakers: { token: 'closed', lists: 'half-open', results: 'open' },
  retries: { taken: 7, refused: 2 },
};
const figures = (more: Partial<ResultsFigures> = {}): ResultsFigures => ({
  byStatus: new Map([['active', 3]]),
  byState: new Map([['live', 2]]),
  agesMs: [10_000, 20_000, 90_000],
  readings: new Map([
    ['good', 5],
    ['upstream-failed', 1],
  ]),
  pastPointsLeft: 12,
  ...more,
});

const setUp = () => createMetrics({ version: '1.2.3', loop: { last: () => null } });

/** The figures by name and labels, as a reader of them sees it. */
const read = async (metrics: ReturnType<typeof setUp>): Promise<Map<string, number>> =>
  new Map(
    (await metrics.read())
      .split('\n')
      .filter((row) => row !== '' && !row.startsWith('#'))
      .map((row) => {
        const at = row.lastIndexOf(' ');
        return [row.slice(0, at), Number(row.slice(at + 1))] as const;
      }),
  );

describe('the figures', () => {
  it('tell the budget and the way to the API as they are when asked', async () => {
    const metrics = setUp();
    let use = budget();
    tellUpstream(metrics.figurehead, { budget: () => use, line: () => line });
    const first = await read(metrics);
    expect(first.get('verdict_budget_used{window="1h"}')).toBe(200);
    expect(first.get('verdict_budget_queued{lane="background"}')).toBe(4);
    expect(first.get('verdict_budget_granted_total{lane="background"}')).toBe(200);
    expect(first.get('verdict_budget_held_seconds')).toBe(2.5);
    expect(first.get('verdict_upstream_retries_total')).toBe(7);
    expect(first.get('verdict_upstream_breaker_state{endpoint="results"}')).toBe(2);
    use = budget({ granted: { ...BY_LANE, background: 205 }, heldMs: 0 });
    const second = await read(metrics);
    expect(second.get('verdict_budget_granted_total{lane="background"}')).toBe(205);
    expect(second.get('verdict_budget_held_seconds')).toBe(0);
  });

  it('tell ages without naming anything, and none where there are none', async () => {
    const metrics = setUp();
    const clock = createFakeClock();
    let now = figures();
    const status = { watched: 1, catalogueAsOfMs: 5, quarantined: 0 } as ResultsStatus;
    tellReading(
      metrics.figurehead,
      {
        results: { figures: () => now, status: () => status },
        store: { problem: () => toProblem('store-failed', 'full'), sizeBytes: () => null },
      },
      clock.monotonicMs,
    );
    const first = await read(metrics);
    expect(first.get('verdict_data_age_seconds{quantile="0.5"}')).toBe(20);
    expect(first.get('verdict_data_age_seconds{quantile="1"}')).toBe(90);
    expect(first.get('verdict_experiments{status="active"}')).toBe(3);
    expect(first.get('verdict_experiments_running{state="failed"}')).toBe(0);
    expect(first.get('verdict_readings_total{outcome="upstream-failed"}')).toBe(1);
    expect(first.get('verdict_store_failing')).toBe(1);
    expect(first.get('verdict_store_bytes')).toBeNaN();
    now = figures({ agesMs: [] });
    await clock.advance(2_000);
    expect([...(await read(metrics)).keys()].join()).not.toContain('data_age');
  });

  it('are as many after a thousand experiments and paths as before', async () => {
    const metrics = setUp();
    const clock = createFakeClock();
    const status = { watched: 0, catalogueAsOfMs: null, quarantined: 0 } as ResultsStatus;
    let now = figures();
    tellReading(
      metrics.figurehead,
      {
        results: { figures: () => now, status: () => status },
        store: { problem: () => null, sizeBytes: () => 1 },
      },
      clock.monotonicMs,
    );
    metrics.onAnswer('page', 200, 3);
    const before = (await read(metrics)).size;
    now = figures({ agesMs: Array.from({ length: 1_000 }, (_, at) => at) });
    await clock.advance(2_000);
    for (let at = 0; at < 1_000; at += 1) metrics.onAnswer('page', 200, at);
    const after = await read(metrics);
    // Garbage may have been collected in a new way meanwhile.
    const own = [...after.keys()].filter((name) => !name.startsWith('nodejs_gc'));
    expect(own.length).toBeLessThanOrEqual(before);
    expect(after.get('verdict_http_requests_total{route="page",status="200"}')).toBe(1_001);
    expect(after.get('verdict_http_request_seconds_count{route="page"}')).toBe(1_001);
  });

  it('hold the process itself, but no gauge that its readers reset for each other', async () => {
    const names = [...(await read(setUp())).keys()].join('\n');
    expect(names).toContain('process_resident_memory_bytes');
    expect(names).toContain('verdict_build_info{version="1.2.3"}');
    expect(names).not.toContain('eventloop_lag');
  });
});

describe('a request to the API', () => {
  it('is counted by part and outcome, however it ends', async () => {
    const metrics = setUp();
    const clock = createFakeClock();
    const onExchange = tellUpstream(metrics.figurehead, { budget, line: () => line });
    const answers = [200, 429, 503];
    const fetch = watchFetch(
      async () => {
        await clock.advance(200);
        const status = answers.shift();
        if (status === undefined) throw new TypeError('fetch failed');
        return new Response(null, { status });
      },
      { baseUrl: 'https://api.test/v1', clock, onExchange },
    );
    await fetch('https://api.test/v1/oauth/token');
    await fetch('https://api.test/v1/experiments/1/results');
    await fetch('https://api.test/v1/results?dataCode=canary');
    await expect(fetch('https://api.test/v1/experiments')).rejects.toThrow('fetch failed');
    const told = await read(metrics);
    const count = (endpoint: string, outcome: string) =>
      told.get(
        `verdict_upstream_request_seconds_count{endpoint="${endpoint}",outcome="${outcome}"}`,
      );
    expect(count('token', '2xx')).toBe(1);
    expect(count('results', '429')).toBe(1);
    expect(count('results', '5xx')).toBe(1);
    expect(count('lists', 'unreachable')).toBe(1);
    expect(await metrics.read()).not.toContain('canary');
  });
});

describe('the event loop', () => {
  const stops: (() => void)[] = [];
  afterEach(() => stops.splice(0).forEach((stop) => stop()));

  it('is told by whole windows, the same to every reader, without the tick it is measured by', async () => {
    const clock = createFakeClock();
    const histogram = {
      count: 100,
      max: 60e6,
      resets: 0,
      percentile: (share: number) => (share === 50 ? 10.1e6 : 35e6),
      reset() {
        this.resets += 1;
      },
      enable: () => true,
      disable: () => true,
    };
    const watch = watchLoop(clock, histogram);
    stops.push(watch.stop);
    expect(watch.last()).toBeNull();
    await clock.advance(LOOP_WINDOW_MS);
    expect(watch.last()).toEqual({ p50Ms: 0.1, p99Ms: 25, maxMs: 50 });
    expect(watch.last()).toEqual(watch.last());
    expect(histogram.resets).toBe(1);
    watch.stop();
    expect(clock.pendingTimers).toBe(0);
  });
});
