import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createLive } from '@/lib/process/live';
import { silentLog } from '@/tests/fakes/log';
import { createFakeClock } from '@/tests/fakes/clock';
import type { LiveHouse } from './live-house';
import { aLiveHouse, ask, openViewer, until } from './live-house';

let house: LiveHouse | undefined;
afterEach(() => house?.stop());

const open = async (...args: Parameters<typeof aLiveHouse>): Promise<LiveHouse> =>
  (house = await aLiveHouse(...args));

describe('the stream of our own server', () => {
  it('gives the last value of each question at once, then what changes', async () => {
    const { port, tell, clock } = await open();
    const viewer = openViewer(port, '/api/live?q=1&q=2;level=0.9');
    await until(() => viewer.text().includes('"questionKey":"2;level=0.9"'));
    expect(viewer.text()).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(viewer.text().match(/event: heartbeat/g)).toHaveLength(1);
    expect(viewer.revisions()).toEqual([0, 0]);
    await tell(5);
    await clock.advance(15_000);
    await until(() => viewer.text().match(/event: heartbeat/g)?.length === 2);
    expect(viewer.revisions()).toEqual([0, 0, 5]);
  });

  it('is carried with the headers that keep it unbuffered, private and safe', async () => {
    const { url } = await open();
    const { headers } = await ask(`${url}/api/live?q=1`);
    expect(headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'private, no-store, no-transform',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  it('names what is wrong with a question, and what does not exist, in the form of every route', async () => {
    const { url, live } = await open();
    const bad = await ask(`${url}/api/live?q=1;level=7`);
    expect([bad.status, JSON.parse(bad.body).error]).toEqual([
      400,
      expect.objectContaining({ code: 'invalid-input', field: 'q', retryable: false }),
    ]);
    expect(bad.headers).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'private, no-store, no-transform',
      'x-content-type-options': 'nosniff',
    });
    const none = await ask(`${url}/api/live`);
    expect(JSON.parse(none.body).error.field).toBe('q');
    const gone = await ask(`${url}/api/live?q=77`);
    expect([gone.status, JSON.parse(gone.body).error.code]).toEqual([404, 'not-found']);
    expect((await ask(`${url}/api/live?q=1`, 'POST')).status).toBe(405);
    expect(live.counts().opened).toBe(0);
  });

  it('tells HEAD what GET would say, and subscribes nobody', async () => {
    const { url, live, hub } = await open();
    const head = await ask(`${url}/api/live?q=1`, 'HEAD');
    expect([head.status, head.headers['content-type'], head.body]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
      '',
    ]);
    expect((await ask(`${url}/api/live?q=77`, 'HEAD')).status).toBe(404);
    expect((await ask(`${url}/api/live?q=x`, 'HEAD')).status).toBe(400);
    expect([live.counts().opened, hub.counts().viewers]).toEqual([0, 0]);
  });

  it('forgets a viewer whose connection is lost', async () => {
    const { port, live, hub, clock } = await open();
    const viewers = Array.from({ length: 20 }, () => openViewer(port));
    await until(() => viewers.every((viewer) => viewer.revisions().length === 1));
    expect(live.counts().open).toBe(20);
    expect(hub.counts().viewers).toBe(20);
    for (const { socket } of viewers.slice(0, 10)) socket.destroy();
    for (const { socket } of viewers.slice(10)) socket.resetAndDestroy();
    await until(() => live.counts().open === 0);
    expect(hub.counts()).toEqual({ viewers: 0, watched: 0 });
    expect(clock.pendingTimers).toBe(0);
  });

  it('opens nothing for one who has left before its turn, nor for one behind another on a connection', async () => {
    const { port, live, hub } = await open();
    const twice = openViewer(port);
    twice.socket.write('GET /api/live?q=2 HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await until(() => twice.isOver());
    await until(() => live.counts().open === 0);

    let letIn = (): void => {};
    const turn = new Promise<void>((resolve) => (letIn = resolve));
    let left = 0;
    const server = createServer(async (request, response) => {
      response.on('close', () => (left += 1));
      await turn;
      await live.handle(request, response);
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const early = openViewer((server.address() as AddressInfo).port);
    await new Promise((resolve) => server.once('request', resolve));
    early.socket.destroy();
    await until(() => left === 1);
    letIn();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([live.counts().open, hub.counts().viewers]).toEqual([0, 0]);
    server.close();
  });

  it('serves five hundred that come back at once', async () => {
    const { url } = await open();
    const answers = await Promise.all(
      Array.from({ length: 500 }, () => ask(`${url}/api/live?experiments=1,2,3`)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(500);
    await until(() => house?.live.counts().open === 0);
  });

  it('lives under a base path, and leaves every other path to Next', async () => {
    const { url } = await open({}, '/verdict');
    expect((await ask(`${url}/verdict/api/live?q=1`)).headers['content-type']).toContain('event');
    for (const path of ['/api/live?q=1', '/verdict/api/live/?q=1', '/verdict/api/lives', '/'])
      expect((await ask(url + path)).body, path).toBe('next');
  });
});

describe('too many streams', () => {
  it('are refused with a reason and a time, and let in again when one has left', async () => {
    const { url, port, live } = await open({ limits: { total: 3, perAddress: 0 } });
    const viewers = [1, 2, 3].map(() => openViewer(port));
    await until(() => live.counts().open === 3);
    const refused = await ask(`${url}/api/live?q=1`);
    expect(refused.status).toBe(503);
    expect(JSON.parse(refused.body).error).toMatchObject({ code: 'too-many', retryable: true });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(5);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(15);
    // A question that nobody could answer is still named first.
    expect((await ask(`${url}/api/live?q=77`)).status).toBe(404);
    expect(live.counts()).toMatchObject({ open: 3, refused: 1 });
    viewers[0]?.socket.destroy();
    await until(() => live.counts().open === 2);
    expect((await ask(`${url}/api/live?q=1`)).status).toBe(200);
  });

  it('from one address do not keep another out', async () => {
    const live = createLive({
      access: { checkQuestions: () => undefined, subscribe: () => () => undefined },
      limits: { total: 0, perAddress: 2 },
      clock: createFakeClock(),
      log: silentLog,
      random: () => 0,
    });
    const server = createServer((request, response) => {
      request.headers['x-verdict-peer'] = String(request.headers['user-agent']);
      void live.handle(request, response);
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/live?q=1`;
    const leaving = new AbortController();
    const from = async (address: string): Promise<number> => {
      const headers = { 'user-agent': address };
      return (await fetch(url, { headers, signal: leaving.signal })).status;
    };
    // Heads go out with the first frame; nothing is told here, so each is asked without waiting for it.
    for (const address of ['10.0.0.1', '10.0.0.1', '127.0.0.1', '127.0.0.1', '127.0.0.1'])
      void from(address).catch(() => undefined);
    await until(() => live.counts().open === 5);
    expect(await from('10.0.0.1')).toBe(429);
    void from('10.0.0.2').catch(() => undefined);
    await until(() => live.counts().open === 6);
    leaving.abort();
    await until(() => live.counts().open === 0);
    server.close();
  });
});
