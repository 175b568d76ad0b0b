import { describe, expect, it } from 'vitest';
import { checkAddress } from '@/lib/server/kameleoon/address';
import { createKameleoonClient } from '@/lib/server/kameleoon/create-client';
import { createFakeClock } from '@/tests/fakes/clock';

describe('the base address', () => {
  it.each([
    ['https://api.kameleoon.com', 'https://api.kameleoon.com'],
    ['https://api.kameleoon.com/v1/', 'https://api.kameleoon.com/v1'],
    [' https://api.kameleoon.com/ ', 'https://api.kameleoon.com'],
    ['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
    ['http://localhost:4010/', 'http://localhost:4010'],
    ['http://[::1]:4010', 'http://[::1]:4010'],
    ['http://127.1', 'http://127.0.0.1'],
  ])('takes %s', (raw, url) => {
    expect(checkAddress(raw)).toEqual({ ok: true, url });
  });

  it.each([
    'http://api.kameleoon.com',
    'http://localhost.evil.test',
    'http://127.0.0.1.evil.test',
    'http://10.0.0.1',
    'ftp://api.kameleoon.com',
    'https://me:hidden@api.kameleoon.com',
    'https://api.kameleoon.com?x=1',
    'api.kameleoon.com',
    '',
  ])('refuses "%s" in one line that names the variable', (raw) => {
    const checked = checkAddress(raw);
    if (checked.ok) expect.fail('it was taken');
    expect(checked.reason).toMatch(/^KAMELEOON_API_URL [^\n]+$/);
    expect(checked.reason).not.toContain('hidden');
  });

  it('is checked before anything is sent', () => {
    const create = () =>
      createKameleoonClient({
        baseUrl: 'http://api.kameleoon.com',
        clientId: 'a',
        clientSecret: 'b',
        fetch: () => expect.fail('sent'),
        clock: createFakeClock(),
      });
    expect(create).toThrow(/plain HTTP/);
  });
});
