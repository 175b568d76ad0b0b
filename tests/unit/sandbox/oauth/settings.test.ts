import { describe, expect, it } from 'vitest';
import { readSettings } from '@/lib/sandbox/read-settings';

describe('the settings of the sandbox', () => {
  it('are those of the demo when nothing is said', () => {
    expect(readSettings({}, [])).toEqual({
      port: 3999,
      speed: 1,
      dataDir: '.demo/sandbox',
      fresh: false,
      credentials: { clientId: 'demo-client', clientSecret: 'demo-secret' },
      refreshRotation: true,
      tls: false,
      rateKey: 'credential',
    });
  });

  it('are read from the environment, units and all', () => {
    const env = {
      SANDBOX_CLIENT_ID: 'my-client',
      SANDBOX_REDIRECTS: 'http://127.0.0.1:4000/a, https://app.example/b ,',
      SANDBOX_TOKEN_SECONDS: '30',
      SANDBOX_REFRESH_SECONDS: '600',
      SANDBOX_ROTATION: 'off',
      SANDBOX_TLS: '1',
      SANDBOX_RATE_KEY: 'token',
      SANDBOX_STATE: 'kept.json',
      SANDBOX_ACTIVE: '5',
    };
    expect(readSettings(env, ['--fresh'])).toMatchObject({
      credentials: { clientId: 'my-client', clientSecret: 'demo-secret' },
      redirects: ['http://127.0.0.1:4000/a', 'https://app.example/b'],
      tokenLifeMs: 30_000,
      refreshLifeMs: 600_000,
      refreshRotation: false,
      tls: true,
      rateKey: 'token',
      stateFile: 'kept.json',
      size: { active: 5, stopped: 0 },
      fresh: true,
    });
  });

  it.each([
    ['SANDBOX_PORT', '70000'],
    ['SANDBOX_PORT', '1.5'],
    ['SANDBOX_SPEED', '0'],
    ['SANDBOX_TOKEN_SECONDS', '0'],
    ['SANDBOX_REFRESH_SECONDS', '1e20'],
    ['SANDBOX_ROTATION', 'no'],
    ['SANDBOX_TLS', 'yes'],
    ['SANDBOX_REDIRECTS', 'callback'],
    ['SANDBOX_REDIRECTS', 'http://a.example/#part'],
  ])('that cannot be meant are refused in one line: %s=%s', (name, value) => {
    expect(() => readSettings({ [name]: value }, [])).toThrow(new RegExp(`^${name}.*[^\n]$`));
  });
});
