import { describe, expect, it } from 'vitest';
import { isProblemError } from '@/lib/core/problem/problem';
import { aRequest, wireReportOf } from './builders';
import type { Route } from './fake-upstream';
import { CLIENT_SECRET, json, setUp, within } from './fake-upstream';

const interactive = { priority: 'interactive' } as const;
const TOKEN = 'POST /oauth/token';

/** Whether a request carries the newest token is up to each test. */
const routes = (accepts: (token: string) => number): Record<string, Route> => {
  const guarded =
    (answer: () => Response): Route =>
    ({ authorization }) => {
      const status = accepts(authorization?.replace('Bearer ', '') ?? '');
      return status === 200 ? answer() : json({ status: 'ERROR' }, { status });
    };
  return {
    'POST /experiments/*/results': guarded(() => json({ dataCode: '1' })),
    'GET /results': guarded(() => json({ status: 'READY', data: wireReportOf() })),
  };
};

describe('the token', () => {
  it('is asked for once by fifty who come together', async () => {
    const { clock, client, upstream } = setUp(routes(() => 200));
    const reads = Array.from({ length: 50 }, () =>
      client.readReport(aRequest(), interactive).then(
        () => 'read',
        (error: unknown) => (isProblemError(error) ? error.problem.code : 'odd'),
      ),
    );
    const outcomes = await within(clock, Promise.all(reads));
    expect(upstream.to(TOKEN)).toHaveLength(1);
    // A hundred calls fit into 20 s only as far as the windows allow; nobody fails otherwise.
    expect(new Set(outcomes)).toEqual(new Set(['read']));
  });

  it('is sent as a form, and its answer may lack a life', async () => {
    const { clock, client, upstream } = setUp({
      ...routes(() => 200),
      [TOKEN]: () => json({ access_token: 'abc' }),
    });
    await within(clock, client.readReport(aRequest(), interactive));
    expect(Object.fromEntries(new URLSearchParams(upstream.to(TOKEN)[0]?.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'me',
      client_secret: CLIENT_SECRET,
    });
    expect(upstream.to('POST /experiments')[0]?.authorization).toBe('Bearer abc');
  });

  it('is renewed five minutes before its end, not sooner', async () => {
    const { clock, client, upstream } = setUp(routes(() => 200));
    await within(clock, client.readReport(aRequest(), interactive));
    await clock.advance(6_800_000);
    await within(clock, client.readReport(aRequest(), interactive));
    expect(upstream.to(TOKEN)).toHaveLength(1);
    await clock.advance(101_000);
    await within(clock, client.readReport(aRequest(), interactive));
    expect(upstream.to(TOKEN)).toHaveLength(2);
    expect(upstream.seen.at(-1)?.authorization).toBe('Bearer token-2');
  });

  it('is renewed in the last tenth of a short life', async () => {
    let n = 0;
    const { clock, client, upstream } = setUp({
      ...routes(() => 200),
      [TOKEN]: () => json({ access_token: `t${(n += 1)}`, expires_in: 10 }),
    });
    for (let i = 0; i < 4; i += 1) {
      await within(clock, client.readReport(aRequest(), interactive));
      await clock.advance(3000);
    }
    expect(upstream.to(TOKEN).length).toBeGreaterThanOrEqual(2);
    expect(upstream.to(TOKEN).length).toBeLessThanOrEqual(3);
  });

  it('is not bent by a step of the wall clock', async () => {
    const { clock, client, upstream } = setUp(routes(() => 200));
    await within(clock, client.readReport(aRequest(), interactive));
    clock.stepWall(86_400_000);
    await within(clock, client.readReport(aRequest(), interactive));
    expect(upstream.to(TOKEN)).toHaveLength(1);
  });

  it('is renewed once for all whom a 401 met together, within the same tries', async () => {
    const { clock, client, upstream } = setUp(routes((token) => (token === 'token-1' ? 401 : 200)));
    const reads = Array.from({ length: 8 }, () => client.readReport(aRequest(), interactive));
    const reports = await within(clock, Promise.all(reads));
    expect(upstream.to(TOKEN)).toHaveLength(2);
    expect(Math.max(...reports.map(({ requests }) => requests))).toBe(3);
  });

  it('is renewed once only: a second 401 is a problem', async () => {
    const { clock, client, upstream } = setUp(routes(() => 401));
    await expect(within(clock, client.readReport(aRequest(), interactive))).rejects.toMatchObject({
      problem: { code: 'upstream-auth', retryable: false },
    });
    expect(upstream.to(TOKEN)).toHaveLength(2);
    expect(upstream.to('POST /experiments')).toHaveLength(2);
  });

  it('is never renewed on a 403', async () => {
    const { clock, client, upstream } = setUp(routes(() => 403));
    await expect(within(clock, client.readReport(aRequest(), interactive))).rejects.toMatchObject({
      problem: { code: 'upstream-forbidden' },
    });
    expect(upstream.seen).toHaveLength(2);
  });

  it.each([400, 401, 403])(
    'refused with %d names the variables, and is not asked for again at once',
    async (status) => {
      const { clock, client, upstream } = setUp({
        [TOKEN]: () =>
          json({ error: 'invalid_client', error_description: `bad ${CLIENT_SECRET}` }, { status }),
      });
      for (let i = 0; i < 3; i += 1)
        await expect(
          within(clock, client.readReport(aRequest(), interactive)),
        ).rejects.toMatchObject({
          problem: {
            code: 'upstream-auth',
            detail: expect.stringMatching(/KAMELEOON_CLIENT_ID.*bad \[redacted\]/) as string,
          },
        });
      expect(upstream.seen).toHaveLength(1);
      await clock.advance(31_000);
      await expect(within(clock, client.readReport(aRequest(), interactive))).rejects.toThrow();
      expect(upstream.seen).toHaveLength(2);
    },
  );

  it('is tried for again when its endpoint stumbles, and for the next caller when it fails', async () => {
    let fails = 5;
    const { clock, client, upstream } = setUp({
      ...routes(() => 200),
      [TOKEN]: () =>
        fails-- > 0 ? json({}, { status: 502 }) : json({ access_token: 'abc', expires_in: 7200 }),
    });
    await expect(within(clock, client.readReport(aRequest(), interactive))).rejects.toMatchObject({
      problem: { code: 'upstream-failed' },
    });
    await within(clock, client.readReport(aRequest(), interactive));
    expect(upstream.to(TOKEN)).toHaveLength(6);
  });
});
