import { describe, expect, it } from 'vitest';
import { describeFaults } from '@/lib/server/config/describe-faults';
import { readConfig } from '@/lib/server/config/read-config';

const GOOD = { KAMELEOON_CLIENT_ID: 'id', KAMELEOON_CLIENT_SECRET: 'a-secret' };

const faultsOf = (env: Record<string, string>) => {
  const read = readConfig(env);
  return read.ok ? [] : read.faults.map(({ variable }) => variable);
};

describe('the environment', () => {
  it('needs only the credentials', () => {
    const read = readConfig(GOOD);
    expect(read.ok && read.config).toMatchObject({
      kameleoon: { baseUrl: 'https://api.kameleoon.com' },
      port: 3000,
      displayTimeZone: 'UTC',
    });
  });

  it('names every fault at once', () => {
    expect(
      faultsOf({
        KAMELEOON_API_URL: 'http://api.kameleoon.com',
        PORT: '70000',
        DISPLAY_TIME_ZONE: 'Mars/Olympus',
        ALLOW_ANONYMOUS: 'yes',
        LOG_LEVEL: 'loud',
      }),
    ).toEqual([
      'KAMELEOON_CLIENT_ID',
      'KAMELEOON_CLIENT_SECRET',
      'KAMELEOON_API_URL',
      'PORT',
      'DISPLAY_TIME_ZONE',
      'ALLOW_ANONYMOUS',
      'LOG_LEVEL',
    ]);
  });

  it('takes an empty variable for an unset one', () => {
    expect(faultsOf({ ...GOOD, PORT: '', LOG_LEVEL: ' ' })).toEqual([]);
    expect(faultsOf({ ...GOOD, KAMELEOON_CLIENT_SECRET: '  ' })).toEqual([
      'KAMELEOON_CLIENT_SECRET',
    ]);
  });

  it.each([
    'http://127.0.0.1:3999',
    'http://localhost:3999',
    'http://[::1]:3999',
    'https://api.example.com/v1',
  ])('accepts the address %s', (url) => {
    expect(faultsOf({ ...GOOD, KAMELEOON_API_URL: url })).toEqual([]);
  });

  it.each([
    'http://api.kameleoon.com',
    'http://127.0.0.1.evil.com',
    'http://localhost.evil.com',
    'ftp://api.kameleoon.com',
    'https://user:password@api.kameleoon.com',
    'https://api.kameleoon.com/?a=b',
    'api.kameleoon.com',
  ])('refuses the address %s', (url) => {
    expect(faultsOf({ ...GOOD, KAMELEOON_API_URL: url })).toEqual(['KAMELEOON_API_URL']);
  });

  it('listens beyond this machine only when told so', () => {
    const local = readConfig(GOOD);
    const open = readConfig({ ...GOOD, ALLOW_ANONYMOUS: '1' });
    expect(local.ok && local.config.host).toBe('127.0.0.1');
    expect(open.ok && open.config.host).toBe('0.0.0.0');
  });

  it('gives each fault its fix and repeats no secret', () => {
    const read = readConfig({
      KAMELEOON_CLIENT_SECRET: 'canary',
      KAMELEOON_API_URL: 'https://u:canary@x.y',
    });
    const text = read.ok ? '' : describeFaults(read.faults);
    expect(text).toContain('KAMELEOON_CLIENT_ID is not set; set it to');
    expect(text).toContain('npm run demo');
    expect(text).not.toContain('canary');
  });

  it.each(['/verdict', '/tools/verdict-2', '/a.b~c_d'])('is served under %s', (path) => {
    const read = readConfig({ ...GOOD, BASE_PATH: path });
    expect(read.ok && read.config.basePath).toBe(path);
  });

  it.each(['verdict', '/', '/verdict/', '//evil.test', '/a/../b', '/a b', '/é', '/a%2fb', '/a?b'])(
    'refuses the path "%s"',
    (path) => {
      expect(faultsOf({ ...GOOD, BASE_PATH: path })).toEqual(['BASE_PATH']);
    },
  );

  it('takes no token for figures that could be guessed', () => {
    expect(faultsOf({ ...GOOD, METRICS_TOKEN: 'x'.repeat(23) })).toEqual(['METRICS_TOKEN']);
    expect(faultsOf({ ...GOOD, METRICS_TOKEN: 'a b'.repeat(10) })).toEqual(['METRICS_TOKEN']);
    expect(faultsOf({ ...GOOD, METRICS_TOKEN: 'aB3-._~+/'.repeat(4) })).toEqual([]);
  });
});
