import { expect, test, whenAllRead } from './test';

test.describe('our HTTP', () => {
  test('lists every experiment with its verdict', async ({ page }) => {
    const experiments = await whenAllRead(page);
    expect(experiments.length).toBeGreaterThanOrEqual(18);
    for (const { id, name, status } of experiments) {
      expect(id).toMatch(/^\d+$/);
      expect(name).not.toBe('');
      expect(['active', 'paused', 'stopped', 'draft']).toContain(status);
    }
  });

  test('filters and pages the list, and tells how much there is of all', async ({ page }) => {
    const all = await whenAllRead(page);
    const ask = async (query: string) =>
      (await page.request.get(`/api/experiments?${query}`)).json();
    const walked: string[] = [];
    for (let offset = 0; offset < all.length; offset += 5)
      for (const { id } of (await ask(`offset=${offset}&limit=5`)).experiments) walked.push(id);
    expect(walked).toEqual(all.map(({ id }) => id));
    const resting = await ask('group=at-rest&limit=1');
    expect(resting.experiments).toHaveLength(1);
    expect(resting.total).toBe(resting.totals['at-rest']);
    expect(resting.total).toBeGreaterThan(1);
    expect(resting.all).toBe(all.length);
    const found = await ask('search=QUOTE%20funnel');
    expect(found.experiments.map(({ name }: { name: string }) => name)).toEqual([
      'Quote funnel, second redesign',
    ]);
    expect(found.all).toBe(all.length);
  });

  test('names the field of a bad request', async ({ request }) => {
    const asked = {
      '/api/live': 'q',
      '/api/live?q=abc': 'q',
      '/api/live?q=1;level=7': 'q',
      '/api/live?experiments=1,,2': 'experiments',
      '/api/live?experiment=1': 'experiment',
      '/api/experiments?page=2': 'page',
      '/api/experiments?group=rest': 'group',
      '/api/experiments?limit=0': 'limit',
      '/api/experiments?rest=20&offset=20': 'rest',
      '/api/experiments/abc/analysis': 'id',
      '/api/experiments/1/analysis?level=2': 'level',
      '/api/experiments/1/curve?goal=main': 'goal',
    };
    for (const [path, field] of Object.entries(asked)) {
      const response = await request.get(path);
      expect(response.status(), path).toBe(400);
      expect((await response.json()).error, path).toMatchObject({ code: 'invalid-input', field });
    }
  });

  test('says that an experiment does not exist', async ({ request }) => {
    for (const path of [
      '/api/experiments/424242/analysis',
      '/api/experiments/424242/curve',
      '/api/live?q=424242',
    ]) {
      const response = await request.get(path);
      expect(response.status(), path).toBe(404);
      expect((await response.json()).error.code, path).toBe('not-found');
    }
  });

  test('tells its health and its budget', async ({ page }) => {
    await whenAllRead(page);
    const response = await page.request.get('/api/health');
    expect(response.status()).toBe(200);
    const health = await response.json();
    expect(health.upstream.state).toBe('reachable');
    for (const window of [health.budget.tenSeconds, health.budget.hour]) {
      expect(window.used + window.left).toBe(window.limit);
      expect(window.used).toBeGreaterThanOrEqual(0);
    }
    expect(health.budget.hour.used).toBeGreaterThan(20);
  });

  test('tells a load balancer that it is ready', async ({ page }) => {
    await whenAllRead(page);
    const response = await page.request.get('/api/health?ready=1');
    expect(response.status()).toBe(200);
    const { ready, version, store } = await response.json();
    expect(ready).toEqual({ isReady: true, reason: null });
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(store.bytes).toBeGreaterThan(0);
  });

  test('tells its figures to this machine, and to nobody who comes through a proxy', async ({
    page,
  }) => {
    await whenAllRead(page);
    const text = await (await page.request.get('/metrics')).text();
    const figure = (name: string): number =>
      Number(
        text
          .split('\n')
          .find((row) => row.startsWith(`${name} `))
          ?.slice(name.length),
      );
    expect(figure('verdict_budget_used{window="1h"}')).toBeGreaterThan(20);
    expect(figure('verdict_experiments{status="active"}')).toBeGreaterThan(0);
    expect(figure('verdict_data_age_seconds{quantile="1"}')).toBeGreaterThan(0);
    expect(
      figure('verdict_upstream_request_seconds_count{endpoint="results",outcome="2xx"}'),
    ).toBeGreaterThan(20);
    expect(figure('verdict_upstream_429_total')).toBe(0);
    // Names are for those who may see results.
    expect(text).not.toContain('Quote funnel');
    const forwarded = { headers: { 'x-forwarded-for': '203.0.113.7' } };
    expect((await page.request.get('/metrics', forwarded)).status()).toBe(403);
  });

  test('lets no cache keep results', async ({ request }) => {
    for (const path of ['/api/experiments', '/api/health'])
      expect((await request.get(path)).headers()['cache-control']).toContain('no-store');
  });
});
