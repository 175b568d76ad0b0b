import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { toRouteClass, watchRequests } from '@/lib/process/watch-requests';
import type { Log } from '@/lib/server/log/create-log';
import { createFakeClock } from '@/tests/fakes/clock';

interface Line {
  readonly level: keyof Log;
  readonly fields: Record<string, unknown>;
}

/** Follows one request to its end, and gives what was logged and counted. */
const follow = async (url: string, { status = 200, tookMs = 5 } = {}) => {
  const clock = createFakeClock();
  const lines: Line[] = [];
  const counted: unknown[][] = [];
  const say = (level: keyof Log) => (fields: object) =>
    void lines.push({ level, fields: { ...fields } });
  const log = { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') };
  const { onRequest } = watchRequests({
    basePath: '/verdict',
    clock,
    log,
    metrics: () => ({ onAnswer: (...values) => void counted.push(values) }),
  });
  const response = Object.assign(new EventEmitter(), {
    statusCode: status,
    writableFinished: true,
  });
  const request = { method: 'GET', url } as IncomingMessage;
  onRequest(request, response as unknown as ServerResponse);
  await clock.advance(tookMs);
  response.emit('close');
  expect(lines).toHaveLength(1);
  return { line: lines[0] as Line, counted };
};

describe('the log of requests', () => {
  it('is for debugging alone while all goes well', async () => {
    const { line, counted } = await follow('/verdict/api/experiments');
    expect(line).toMatchObject({ level: 'debug', fields: { status: 200, durationMs: 5 } });
    expect(counted).toEqual([['api', 200, 5]]);
  });

  it('tells failures and what took long', async () => {
    expect((await follow('/verdict', { status: 502 })).line.level).toBe('warn');
    expect((await follow('/verdict', { tookMs: 1_500 })).line.level).toBe('info');
    // A load balancer that asks every few seconds is no news.
    const asked = await follow('/verdict/api/health?ready=1', { status: 503 });
    expect(asked.line.level).toBe('debug');
  });

  it('takes no stream for a slow answer', async () => {
    const { line, counted } = await follow('/verdict/api/live?q=1', { tookMs: 3_600_000 });
    expect(line.level).toBe('debug');
    expect(counted).toEqual([['live', 200, null]]);
  });

  it('names what was asked for, never its values', async () => {
    const { line } = await follow('/verdict/x?ticket=canary&q=canary&q=canary#canary');
    expect(line.fields['asked']).toEqual(['ticket', 'q']);
    expect(JSON.stringify(line)).not.toContain('canary');
  });

  it('is no longer for a request that is', async () => {
    const { line } = await follow(`/verdict/${'x'.repeat(9_000)}?${'y'.repeat(5_000)}`);
    expect(JSON.stringify(line).length).toBeLessThan(500);
  });
});

describe('kinds of routes', () => {
  it.each([
    ['/verdict', 'page'],
    ['/verdict/', 'page'],
    ['/verdict/experiments/188400', 'page'],
    ['/verdict/api/experiments/188400/curve', 'api'],
    ['/verdict/api/live', 'live'],
    ['/verdict/api/health', 'health'],
    ['/verdict/metrics', 'metrics'],
    ['/verdict/_next/static/chunks/a.js', 'asset'],
    ['/verdict/wp-login.php', 'other'],
    ['/verdictories', 'other'],
    ['/metrics', 'other'],
  ])('%s is of the kind %s', (path, kind) => {
    expect(toRouteClass(path, '/verdict')).toBe(kind);
  });

  it('are told at the root too', () => {
    expect(toRouteClass('/', '')).toBe('page');
    expect(toRouteClass('/metrics', '')).toBe('metrics');
  });
});
