import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { describeFaults } from '@/lib/server/config/describe-faults';
import { passesProxyBy } from '@/lib/server/config/outbound-settings';
import { readConfig } from '@/lib/server/config/read-config';
import { createAuthority } from '@/tests/builders/certificate';

const GOOD = { KAMELEOON_CLIENT_ID: 'id', KAMELEOON_CLIENT_SECRET: 'a-secret' };

const proxyOf = (env: Record<string, string>): string | null => {
  const read = readConfig({ ...GOOD, ...env });
  return read.ok ? read.config.outbound.proxyUrl : expect.fail(describeFaults(read.faults));
};
const faultsOf = (env: Record<string, string>, startedWith: Record<string, string> = env) => {
  const read = readConfig({ ...GOOD, ...env }, startedWith);
  return read.ok ? [] : read.faults.map(({ variable, fault }) => `${variable} ${fault}`);
};

const dir = mkdtempSync(join(tmpdir(), 'verdict-config-'));
afterAll(() => rmSync(dir, { recursive: true }));

describe('the proxy', () => {
  it('is read in both letter cases, and HTTP_PROXY serves where there is no other', () => {
    expect(proxyOf({})).toBeNull();
    expect(proxyOf({ HTTPS_PROXY: 'http://a.test:1' })).toBe('http://a.test:1');
    expect(proxyOf({ https_proxy: 'http://b.test:1', HTTP_PROXY: 'http://c.test:1' })).toBe(
      'http://b.test:1',
    );
    expect(proxyOf({ HTTP_PROXY: 'http://c.test:1' })).toBe('http://c.test:1');
  });

  it('is not asked for this machine, nor for what NO_PROXY names', () => {
    const env = { HTTPS_PROXY: 'http://a.test:1' };
    expect(proxyOf({ ...env, KAMELEOON_API_URL: 'http://127.0.0.1:3999' })).toBeNull();
    expect(proxyOf({ ...env, NO_PROXY: 'example.com, .kameleoon.com' })).toBeNull();
    expect(proxyOf({ ...env, no_proxy: 'example.com' })).toBe('http://a.test:1');
  });

  it.each([
    ['*', true],
    ['api.example.com', true],
    ['example.com', true],
    ['.EXAMPLE.com', true],
    ['*.example.com', true],
    ['other.test api.example.com:8443', true],
    ['api.example.com:443', false],
    ['ample.com', false],
    ['api.example.com.evil.test', false],
    ['', false],
  ])('NO_PROXY "%s" lets api.example.com:8443 pass by: %s', (noProxy, expected) => {
    expect(passesProxyBy(new URL('https://api.example.com:8443'), noProxy)).toBe(expected);
  });

  it.each([
    ['proxy.test:3128', 'is not a URL with its scheme'],
    ['socks5://u:canary@proxy.test', 'has the scheme socks5:'],
    ['http://canary@proxy.test', 'has a user name or a password alone'],
    ['http://proxy.test/?canary', 'has a path, query or fragment'],
    ['http://', 'is not a URL with its scheme'],
  ])('is refused as %s, and not repeated', (value, fault) => {
    expect(faultsOf({ https_proxy: value })).toEqual([`https_proxy ${fault}`]);
    const read = readConfig({ ...GOOD, https_proxy: value });
    expect(read.ok ? '' : describeFaults(read.faults)).not.toContain('canary');
  });
});

describe('the private authority', () => {
  it('must be a readable file of certificates', () => {
    const file = join(dir, 'authority.pem');
    writeFileSync(file, createAuthority().cert);
    expect(faultsOf({ NODE_EXTRA_CA_CERTS: file })).toEqual([]);
    expect(faultsOf({ NODE_EXTRA_CA_CERTS: join(dir, 'none.pem') })).toEqual([
      'NODE_EXTRA_CA_CERTS names a file that cannot be read',
    ]);
    writeFileSync(join(dir, 'text.pem'), 'no certificate');
    expect(faultsOf({ NODE_EXTRA_CA_CERTS: join(dir, 'text.pem') })).toEqual([
      'NODE_EXTRA_CA_CERTS names a file that holds no certificate',
    ]);
  });

  it('cannot come from .env, for Node reads it before', () => {
    expect(faultsOf({ NODE_EXTRA_CA_CERTS: '/etc/ca.pem' }, {})).toEqual([
      'NODE_EXTRA_CA_CERTS stands in an .env file, which Node does not read for it',
    ]);
  });
});
