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

  test('names the field of a bad request', async ({ request }) => {
    const asked = {
      '/api/live': 'q',
      '/api/live?q=abc': 'q',
      '/api/live?q=1;level=7': 'q',
      '/api/live?experiments=1,,2': 'experiments',
      '/api/live?experiment=1': 'experiment',
      '/api/experiments?page=2': 'page',
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

  test('lets no cache keep results', async ({ request }) => {
    for (const path of ['/api/experiments', '/api/health'])
      expect((await request.get(path)).headers()['cache-control']).toContain('no-store');
  });
});
