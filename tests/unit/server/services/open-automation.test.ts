import { describe, expect, it } from 'vitest';
import { openAutomation } from '@/lib/server/services/open-automation';

const ENV = {
  KAMELEOON_API_URL: 'https://api.test',
  KAMELEOON_CLIENT_ID: 'me',
  KAMELEOON_CLIENT_SECRET: 'secret',
};

describe('the API of a command', () => {
  it('names every setting that is wrong at once, plain HTTP among them', () => {
    const opened = openAutomation({ KAMELEOON_API_URL: 'http://api.kameleoon.com' });
    if (opened.ok) expect.fail('opened');
    expect(opened.faults.map(({ variable }) => variable)).toEqual([
      'KAMELEOON_CLIENT_ID',
      'KAMELEOON_CLIENT_SECRET',
      'KAMELEOON_API_URL',
    ]);
    expect(opened.faults[2]?.fix).toBe('use https://api.kameleoon.com');
  });

  it('needs none of the settings of the pages, and sends all by the way that is put round it', async () => {
    const sent: string[] = [];
    const told: string[] = [];
    const opened = openAutomation(
      { ...ENV, PORT: 'wrong' },
      {
        fetch: () => (input) => {
          const { pathname } = new URL(String(input));
          sent.push(pathname);
          const body = pathname === '/oauth/token' ? { access_token: 't' } : { id: 7, name: 'x' };
          return Promise.resolve(Response.json(body));
        },
        onSent: ({ method, path }) => told.push(`${method} ${path}`),
      },
    );
    if (!opened.ok) expect.fail('not opened');
    const { api, client, baseUrl, close } = opened.automation;
    expect(await api.goals.read('7')).toMatchObject({ id: '7', name: 'x' });
    expect(sent).toEqual(['/oauth/token', '/goals/7']);
    expect(told).toEqual(['POST /oauth/token', 'GET /goals/7']);
    expect(client.budget().total).toBe(2);
    expect(baseUrl).toBe('https://api.test');
    await close();
  });
});
