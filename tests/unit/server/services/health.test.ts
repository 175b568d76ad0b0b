import { describe, expect, it } from 'vitest';
import { toProblem } from '@/lib/core/problem/problem';
import type { HealthFacts } from '@/lib/server/services/health';
import { toHealth } from '@/lib/server/services/health';
import { readReadyAsk } from '@/lib/server/http/ready-ask';
import { budgetUse, resultsStatus } from '@/tests/unit/server/services/status';

const health = (more: Partial<HealthFacts> = {}) =>
  toHealth({
    status: resultsStatus(),
    budget: budgetUse,
    upstreamNowMs: 10,
    uptimeMs: 1_234.5,
    streams: 3,
    isLeaving: false,
    version: '1.2.3',
    storeBytes: 4_096,
    eventLoopDelay: { p50Ms: 0.1, p99Ms: 4, maxMs: 9 },
    ...more,
  });

describe('the health of the process', () => {
  it('tells what somebody on call asks first', () => {
    expect(health()).toMatchObject({
      status: 'ok',
      version: '1.2.3',
      uptimeMs: 1_235,
      ready: { isReady: true, reason: null },
      store: { state: 'ok', bytes: 4_096 },
      viewers: { streams: 3 },
      eventLoopDelay: { p99Ms: 4 },
    });
  });

  it('is ready with what it remembers, though the API fails', () => {
    const problem = toProblem('upstream-unreachable', 'no connection');
    const { status, ready } = health({ status: resultsStatus({ problem }) });
    expect([status, ready.isReady]).toEqual(['degraded', true]);
  });

  it('is not ready before the list is known, and says why', () => {
    const unknown = { catalogueAsOfMs: null };
    expect(health({ status: resultsStatus(unknown) }).ready).toMatchObject({
      isReady: false,
      reason: { code: 'report-not-ready' },
    });
    const problem = toProblem('upstream-auth', 'refused');
    expect(health({ status: resultsStatus({ ...unknown, problem }) }).ready.reason).toBe(problem);
  });

  it('is not ready once it leaves', () => {
    expect(health({ isLeaving: true }).ready.reason?.detail).toContain('leaving');
  });

  it('is ready while nothing can be remembered: live goes on', () => {
    const storeProblem = toProblem('store-failed', 'full');
    expect(health({ status: resultsStatus({ storeProblem }) })).toMatchObject({
      status: 'degraded',
      ready: { isReady: true },
      store: { state: 'failing' },
    });
  });
});

describe('whether somebody must be ready', () => {
  const ask = (query: string) => readReadyAsk(null, new URLSearchParams(query));

  it('is asked with ready=1 and in no other way', () => {
    expect(ask('')).toEqual({ mustBeReady: false });
    expect(ask('ready=1')).toEqual({ mustBeReady: true });
    for (const query of ['ready', 'ready=0', 'ready=true', 'ready=1&ready=1', 'live=1'])
      expect(() => ask(query), query).toThrow('invalid-input');
  });
});
