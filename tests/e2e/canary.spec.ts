import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startApp } from './start-app';
import { expect, test } from './test';

const PORT = '3249';
const SECRET = 'canary-secret/with+signs';
const METRICS_TOKEN = 'canary-metrics-token-0123456789';

/** An API that says everything it hears back, in every way it can fail. */
function startIndiscreetApi() {
  let asked = 0;
  const tell = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    asked += 1;
    let body = '';
    for await (const chunk of request) body += String(chunk);
    if (request.url?.startsWith('/oauth/token') && asked !== 4) {
      const token = { access_token: `canary-token-${asked}`, expires_in: 3600 };
      response.setHeader('content-type', 'application/json');
      return void response.end(JSON.stringify(token));
    }
    const heard = `${request.headers.authorization} ${body} ${SECRET}\r\n{"level":"forged"} ${request.url}`;
    response.setHeader('content-type', 'application/json');
    const ways: readonly (() => void)[] = [
      () => response.writeHead(500).end(JSON.stringify({ message: heard })),
      () => response.writeHead(401).end(JSON.stringify({ error_description: heard })),
      () => response.writeHead(200).end(JSON.stringify({ status: 'ERROR', message: heard })),
      () => response.writeHead(302, { location: `/x?secret=${SECRET}` }).end(heard),
      () => response.writeHead(200).end(`[{"id": ${JSON.stringify(heard)}`),
      () => response.writeHead(200, { 'content-type': 'text/html' }).end(heard),
      () => response.writeHead(403).end(JSON.stringify({ error: heard })),
      () => void request.socket.destroy(),
    ];
    ways[asked % ways.length]?.();
  };
  const server = createServer((request, response) => void tell(request, response));
  return new Promise<{ url: string; asked: () => number; close: () => void }>((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        asked: () => asked,
        close() {
          server.closeAllConnections();
          server.close();
        },
      }),
    );
  });
}

test('no secret leaves by logs, health, figures, pages or errors, whatever the API says back', async ({
  page,
  complaints,
}) => {
  test.setTimeout(90_000);
  const api = await startIndiscreetApi();
  const running = await startApp(
    {
      PORT,
      LOG_LEVEL: 'debug',
      METRICS_TOKEN,
      KAMELEOON_CLIENT_ID: 'demo-client',
      KAMELEOON_CLIENT_SECRET: SECRET,
      KAMELEOON_API_URL: api.url,
      HTTPS_PROXY: 'http://user:canary-proxy-password@proxy.invalid:3128',
    },
    'Verdict is ready',
  );
  const app = `http://127.0.0.1:${PORT}`;
  const seen: string[] = [];
  const see = async (path: string, headers: Record<string, string> = {}): Promise<number> => {
    const response = await page.request.get(`${app}${path}`, { headers, maxRedirects: 0 });
    seen.push(`${JSON.stringify(response.headers())} ${await response.text()}`);
    return response.status();
  };
  try {
    const deadlineMs = Date.now() + 25_000;
    while (api.asked() < 8 && Date.now() < deadlineMs) {
      await see('/api/health');
      await see('/');
      await page.waitForTimeout(500);
    }
    expect(await see('/api/health?ready=1')).toBe(503);
    expect(await see('/api/experiments/1/analysis')).toBeGreaterThanOrEqual(500);
    await see('/api/experiments');
    await see('/experiments/1');
    await see(`/api/live?q=1&ticket=${encodeURIComponent(SECRET)}`);
    expect(await see('/metrics')).toBe(401);
    expect(await see('/metrics', { authorization: `Bearer ${METRICS_TOKEN}` })).toBe(200);
    expect(api.asked()).toBeGreaterThan(3);
  } finally {
    expect(await running.stop()).toBe(0);
    api.close();
  }
  expect(running.output).toContain('[redacted]');
  for (const text of [...seen, running.output]) expect(text).not.toMatch(/canary/i);
  // Each line is one event: what the API wrote has forged none.
  const lines = running.output.trim().split('\n');
  for (const line of lines.filter((text) => !text.startsWith('Verdict is ready')))
    expect(JSON.parse(line)).not.toHaveProperty('level', 'forged');
  complaints.length = 0;
});
