import { describe, expect, it } from 'vitest';
import { createSandbox } from '@/lib/sandbox/api/create-sandbox';
import { BASE, createTestSandbox, CREDENTIALS, EPOCH_MS, sharedWorld } from '../test-sandbox';
import { advance, DAY_MS } from './life';

describe('time that is made to pass', () => {
  it('moves the Date header, tokens, rate windows, jobs and the world alike', async () => {
    const sandbox = await createTestSandbox();
    const started = await sandbox.post('/experiments/188502/results', {
      conversionType: 'CONVERTED_VISITS',
    });
    const { dataCode } = (await started.json()) as { dataCode: string };
    await advance(sandbox, 5_000);
    expect(await sandbox.read(`/results?dataCode=${dataCode}`)).toMatchObject({ status: 'READY' });
    for (let i = 0; i < 50; i += 1) await sandbox.send('/sites/20101');
    expect((await sandbox.send('/sites/20101')).status).toBe(429);
    const answer = await advance(sandbox, 11_000);
    expect(await answer.json()).toEqual({ nowMs: sandbox.clock.nowMs + 16_000 });
    const response = await sandbox.send('/sites/20101');
    expect(response.status).toBe(200);
    expect(Date.parse(response.headers.get('date')!)).toBe(
      Math.floor((sandbox.clock.nowMs + 16_000) / 1_000) * 1_000,
    );
    const before = await sandbox.results(188502);
    await advance(sandbox, 3 * 3_600_000);
    expect((await sandbox.send('/sites')).status).toBe(401);
    await sandbox.newToken();
    expect(await sandbox.results(188502)).not.toEqual(before);
  });

  it.each([[-1], [1.5], ['1000'], [400 * DAY_MS], [undefined], [null]])(
    'never goes back, and refuses %s',
    async (advanceMs) => {
      const sandbox = await createTestSandbox();
      const response = await advance(sandbox, advanceMs);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ field: 'advanceMs' });
    },
  );

  it('is kept with everything else that people changed', async () => {
    const sandbox = await createTestSandbox();
    await advance(sandbox, DAY_MS);
    const { state } = sandbox.control.keepable.save();
    const next = createSandbox({
      world: sharedWorld,
      clock: () => EPOCH_MS,
      credentials: CREDENTIALS,
      saved: JSON.parse(JSON.stringify(state)) as typeof state,
    });
    const told = await next.fetch(new Request(`${BASE}/__sandbox/clock`));
    expect(await told.json()).toEqual({ nowMs: EPOCH_MS + DAY_MS });
  });
});
