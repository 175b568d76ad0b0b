import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KINDS } from '@/lib/sandbox/faults/fault';
import { toMixture } from '@/lib/sandbox/faults/mixture';
import { ConnectionLost } from '@/lib/sandbox/faults/connection-lost';
import { parseFaults } from '@/lib/sandbox/faults/parse-faults';
import { createTestSandbox } from './test-sandbox';

const TEN_MINUTES_MS = 600_000;

describe('a mixture', () => {
  it('is a valid script, the same for the same seed, over at its end', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 20_000, max: 3_600_000 }), (seed, durationMs) => {
        const options = { experimentIds: [188401, 188402] };
        const script = toMixture(seed, durationMs, options);
        expect(script).toEqual(toMixture(seed, durationMs, options));
        for (const { fromMs, untilMs } of parseFaults(script, 0)) {
          expect(fromMs >= 0 && untilMs > fromMs && untilMs <= durationMs).toBe(true);
        }
      }),
    );
  });

  it('differs with the seed', () => {
    expect(toMixture(1, TEN_MINUTES_MS)).not.toEqual(toMixture(2, TEN_MINUTES_MS));
  });

  it('has every kind within few seeds, and none twice before all came', () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 10; seed += 1) {
      const kinds = toMixture(seed, TEN_MINUTES_MS).map(({ kind }) => kind);
      expect(new Set(kinds).size).toBe(Math.min(kinds.length, Object.keys(KINDS).length));
      for (const kind of kinds) seen.add(kind);
    }
    expect(seen).toEqual(new Set(Object.keys(KINDS)));
  });

  it('overlaps: mostly two faults and more at a time', () => {
    const faults = parseFaults(toMixture(5, TEN_MINUTES_MS), 0);
    const moments = Array.from({ length: 600 }, (_, second) => second * 1_000);
    const atOnce = moments.map(
      (ms) => faults.filter(({ fromMs, untilMs }) => ms >= fromMs && ms < untilMs).length,
    );
    expect(atOnce.filter((count) => count > 1).length).toBeGreaterThan(300);
  });

  it('keeps to the kinds asked for', () => {
    const script = toMixture(1, TEN_MINUTES_MS, { kinds: ['down', 'html'] });
    expect(new Set(script.map(({ kind }) => kind))).toEqual(new Set(['down', 'html']));
  });

  it.each([1, 2, 3])(
    '(seed %d) breaks answers only in known ways, and leaves no trace',
    async (seed) => {
      const run = async (): Promise<string[]> => {
        const sandbox = await createTestSandbox();
        const startMs = sandbox.clock.nowMs;
        sandbox.control.setFaults(toMixture(seed, TEN_MINUTES_MS, { experimentIds: [188402] }));
        const seen: string[] = [];
        for (let i = 0; sandbox.clock.nowMs < startMs + TEN_MINUTES_MS; i += 1) {
          sandbox.clock.nowMs += 2_000;
          const path = ['/sites', '/experiments/188402', '/experiments', '/results?dataCode=1'][
            i % 4
          ]!;
          const answer = await sandbox
            .send(path)
            .then(async (response) => `${response.status} ${(await response.text()).length}`)
            .catch((error: unknown) => (error instanceof ConnectionLost ? error.code : 'unknown'));
          seen.push(answer);
          if (answer.startsWith('401')) await sandbox.newToken().catch(() => {});
        }
        sandbox.clock.nowMs = startMs + 2 * TEN_MINUTES_MS;
        expect(sandbox.control.faults().faults.every(({ state }) => state === 'over')).toBe(true);
        await sandbox.newToken();
        const untouched = await createTestSandbox({ nowMs: sandbox.clock.nowMs });
        expect(await sandbox.read('/experiments')).toEqual(await untouched.read('/experiments'));
        expect(await sandbox.results(188402)).toEqual(await untouched.results(188402));
        return seen;
      };
      const seen = await run();
      expect(seen).not.toContain('unknown');
      expect(new Set(seen.map((answer) => answer.split(' ')[0])).size).toBeGreaterThan(3);
      expect(await run()).toEqual(seen);
    },
  );
});
