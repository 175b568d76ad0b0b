import { describe, expect, it } from 'vitest';
import { findRefusal } from '@/lib/process/refusal';

const statusOf = (
  request: { method?: string; url?: string; host?: string },
  isLoopback = true,
): number | null => {
  const { method = 'GET', url = '/', host = 'localhost:3000' } = request;
  return findRefusal({ method, url, headers: { host } }, { isLoopback })?.status ?? null;
};

describe('what the process refuses before anybody reads it', () => {
  it.each(['GET', 'HEAD'])('lets %s pass', (method) => {
    expect(statusOf({ method })).toBeNull();
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', ''])('refuses %s', (method) => {
    expect(statusOf({ method })).toBe(405);
  });

  it.each(['POST', 'PATCH', 'DELETE'])(
    'leaves %s of an experiment to its routes, and no more',
    (method) => {
      expect(statusOf({ method, url: '/api/experiments/188400/notes' })).toBeNull();
      expect(
        statusOf({ method, url: '/verdict/api/experiments/188400/slices?by=device' }),
      ).toBeNull();
      for (const url of [
        '/api/experiments',
        '/api/live?q=1',
        '/experiments/188400',
        '/?/api/experiments/1',
      ])
        expect(statusOf({ method, url })).toBe(405);
      expect(statusOf({ method: 'PUT', url: '/api/experiments/188400/notes' })).toBe(405);
    },
  );

  it.each(['/%', '/api/experiments/%ff/analysis', '/experiments/%c3%28', '/%E0%A4%A'])(
    'refuses the path %s, which no decoder reads',
    (url) => {
      const refusal = findRefusal({ method: 'GET', url, headers: {} }, { isLoopback: true });
      expect(refusal?.status).toBe(400);
      expect(refusal?.problem).toMatchObject({ code: 'invalid-input', field: 'path' });
    },
  );

  it.each(['/%00', '/experiments/%C3%A9', '/api/live?q=%ff', '/?%'])(
    'leaves %s to the routes',
    (url) => {
      expect(statusOf({ url })).toBeNull();
    },
  );

  it.each(['localhost', 'LOCALHOST:3000', '127.0.0.1:80', '127.1.2.3', '[::1]:3000'])(
    'answers to the name %s while it listens on this machine alone',
    (host) => {
      expect(statusOf({ host })).toBeNull();
    },
  );

  it.each([
    'evil.test',
    'localhost.evil.test',
    '127.0.0.1.evil.test:3000',
    '',
    'evil.test:localhost',
  ])('refuses the foreign name "%s", unless it is open to others', (host) => {
    expect(statusOf({ host })).toBe(403);
    expect(statusOf({ host }, false)).toBeNull();
  });
});
