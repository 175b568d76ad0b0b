import { describe, expect, it } from 'vitest';
import { toPhases } from '@/lib/sandbox/api/windows';
import { createTestSandbox, EPOCH_MS, type TestSandbox } from './test-sandbox';

const SPAN_MS = 10_000;

/** How many of some requests, sent at once, are let through. */
async function admitted(sandbox: TestSandbox, requests: number): Promise<number> {
  const answers = await Promise.all(
    Array.from({ length: requests }, () => sandbox.send('/nowhere/at/all')),
  );
  return answers.filter(({ status }) => status === 404).length;
}

/** The next moment at which a fixed 10 s window of this seed begins. */
function nextWindow(seed: number, nowMs: number): number {
  const phaseMs = toPhases(seed)[0]!;
  return Math.ceil((nowMs - phaseMs) / SPAN_MS) * SPAN_MS + phaseMs;
}

describe('fixed windows', () => {
  const begin = async (seed: number): Promise<TestSandbox> => {
    const sandbox = await createTestSandbox({ windows: 'fixed', seed });
    sandbox.clock.nowMs = nextWindow(seed, EPOCH_MS + 60_000);
    return sandbox;
  };

  it.each([1, 2, 3])(
    'let 50 through before their border and 50 after it (seed %d)',
    async (seed) => {
      const sandbox = await begin(seed);
      sandbox.clock.nowMs += SPAN_MS - 1;
      expect(await admitted(sandbox, 60)).toBe(50);
      sandbox.clock.nowMs += 1;
      expect(await admitted(sandbox, 60)).toBe(50);
      const { worst10s, worstFixed10s, throttledByWindows } = sandbox.control.requests();
      expect([worst10s, worstFixed10s, throttledByWindows]).toEqual([120, 60, 20]);
    },
  );

  it('have a phase of the seed', () => {
    const phases = [1, 2, 3, 4].map((seed) => toPhases(seed)[0]!);
    expect(new Set(phases).size).toBe(4);
    for (const phase of phases) expect(phase >= 0 && phase < SPAN_MS).toBe(true);
  });

  it('replace sliding ones while the fault is on, and forget nothing', async () => {
    const sandbox = await createTestSandbox({ seed: 1 });
    sandbox.clock.nowMs = nextWindow(1, EPOCH_MS + 60_000) + SPAN_MS - 1;
    expect(await admitted(sandbox, 60)).toBe(50);
    sandbox.clock.nowMs += 1;
    expect(await admitted(sandbox, 1)).toBe(0);
    sandbox.control.setFaults([{ kind: 'fixed-windows', durationMs: 5_000 }]);
    expect(await admitted(sandbox, 60)).toBe(50);
    sandbox.clock.nowMs += 9_999;
    expect(await admitted(sandbox, 1)).toBe(0);
    sandbox.clock.nowMs += 1;
    expect(await admitted(sandbox, 60)).toBe(50);
  });

  it('let 1,000 through in one hour of their phase', async () => {
    const sandbox = await createTestSandbox({ windows: 'fixed', seed: 5 });
    const phaseMs = toPhases(5)[1]!;
    const startMs = Math.ceil((EPOCH_MS - phaseMs) / 3_600_000) * 3_600_000 + phaseMs;
    sandbox.clock.nowMs = startMs;
    await sandbox.newToken();
    let through = 1;
    for (let i = 0; i < 30; i += 1) {
      sandbox.clock.nowMs += SPAN_MS;
      through += await admitted(sandbox, 40);
    }
    expect(through).toBe(1_000);
    sandbox.clock.nowMs = startMs + 3_599_999;
    expect(await admitted(sandbox, 1)).toBe(0);
    sandbox.clock.nowMs += 1;
    expect(await admitted(sandbox, 1)).toBe(1);
  });
});

describe('a neighbour', () => {
  it('that bursts leaves half of the hour at once, and takes its requests along', async () => {
    const sandbox = await createTestSandbox();
    sandbox.control.setFaults([{ kind: 'neighbour', pace: 'burst', durationMs: 200_000 }]);
    let through = 1;
    for (let i = 0; i < 15; i += 1) {
      sandbox.clock.nowMs += SPAN_MS;
      through += await admitted(sandbox, 40);
    }
    expect(through).toBe(500);
    sandbox.clock.nowMs += 50_000;
    expect(await admitted(sandbox, 40)).toBe(40);
  });

  it('at an even pace leaves less and less of the hour', async () => {
    const sandbox = await createTestSandbox({ rateHeaders: 'ratelimit' });
    sandbox.control.setFaults([{ kind: 'neighbour', hourShare: 1 }]);
    // After 59 minutes it has spent 983, and this request is one more.
    sandbox.clock.nowMs += 59 * 60_000;
    const { headers } = await sandbox.send('/sites');
    expect(headers.get('ratelimit-limit')).toBe('1000');
    expect(headers.get('ratelimit-remaining')).toBe(String(1_000 - 983 - 2));
  });

  it('may press on the short window', async () => {
    const sandbox = await createTestSandbox();
    sandbox.clock.nowMs += SPAN_MS;
    sandbox.control.setFaults([
      { kind: 'neighbour', hourShare: 0, tenSecondsShare: 0.5, pace: 'burst' },
    ]);
    expect(await admitted(sandbox, 40)).toBe(25);
  });
});

describe('rate headers', () => {
  it('tell limit, rest and reset of the tightest window, on refusals too', async () => {
    const sandbox = await createTestSandbox({ rateHeaders: 'ratelimit' });
    const read = async () => {
      const { headers } = await sandbox.send('/sites');
      return ['limit', 'remaining', 'reset'].map((name) => headers.get(`ratelimit-${name}`));
    };
    sandbox.clock.nowMs += 4_000;
    expect(await read()).toEqual(['50', '48', '6']);
    await admitted(sandbox, 60);
    expect(await read()).toEqual(['50', '0', '6']);
  });

  it('may tell of both windows in one field', async () => {
    const sandbox = await createTestSandbox({ rateHeaders: 'structured' });
    sandbox.clock.nowMs += 4_000;
    const { headers } = await sandbox.send('/sites');
    expect(headers.get('ratelimit')).toBe('"10s";r=48;t=6, "3600s";r=998;t=3596');
    expect(headers.get('ratelimit-policy')).toBe('"10s";q=50;w=10, "3600s";q=1000;w=3600');
  });

  it('come and go with the fault, with the reset as a date of the server', async () => {
    const sandbox = await createTestSandbox();
    sandbox.control.setFaults([
      { kind: 'rate-headers', style: 'x-ratelimit', durationMs: 1_000 },
      { kind: 'clock-off', offsetMs: 300_000 },
    ]);
    const { headers } = await sandbox.send('/sites');
    expect(headers.get('x-ratelimit-remaining')).toBe('48');
    const resetMs = Number(headers.get('x-ratelimit-reset')) * 1_000;
    expect(resetMs).toBe(sandbox.clock.nowMs + 300_000 + SPAN_MS);
    sandbox.clock.nowMs += 1_000;
    expect((await sandbox.send('/sites')).headers.get('x-ratelimit-remaining')).toBeNull();
  });
});

describe('GET /__sandbox/requests', () => {
  it('tells requests by minute and what was refused', async () => {
    const sandbox = await createTestSandbox();
    await admitted(sandbox, 60);
    sandbox.clock.nowMs += 60_000;
    await admitted(sandbox, 3);
    const { perMinute, throttled, throttledByWindows } = sandbox.control.requests();
    expect(perMinute.map(({ requests }) => requests)).toEqual([61, 3]);
    expect(perMinute[1]!.startMs - perMinute[0]!.startMs).toBe(60_000);
    expect([throttled, throttledByWindows]).toEqual([11, 11]);
  });
});
