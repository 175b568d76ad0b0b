import { describe, expect, it } from 'vitest';
import { createSandbox } from '@/lib/sandbox/api/create-sandbox';
import { createWorld } from '@/lib/sandbox/world/world';
import { createKameleoonClient } from '@/lib/server/kameleoon/create-client';
import { createFakeClock } from '@/tests/fakes/clock';
import { within } from './fake-upstream';

const START_MS = Date.UTC(2026, 4, 20, 10, 7, 13);
const world = createWorld({ seed: 1, epochMs: START_MS });

async function aRunningExperiment() {
  const clock = createFakeClock(START_MS + 86_400_000);
  const sandbox = createSandbox({
    world,
    clock: () => clock.nowMs(),
    setTimer: (task, delayMs) => clock.setTimer(task, delayMs),
    credentials: { clientId: 'demo-client', clientSecret: 'demo-secret' },
  });
  const client = createKameleoonClient({
    baseUrl: 'https://api.test',
    clientId: 'demo-client',
    clientSecret: 'demo-secret',
    clock,
    random: () => 0.5,
    fetch: (input, init) => sandbox.fetch(new Request(input, init)),
  });
  const go = <Value>(call: Promise<Value>): Promise<Value> => within(clock, call);
  const { experiments } = await go(client.readCatalogue({ priority: 'interactive' }));
  const experiment = experiments.find(({ status }) => status === 'active');
  if (!experiment) throw new Error('nothing runs');
  return { client, experiment, go, sandbox };
}

describe('a sliced report', () => {
  it.each([
    ['device', ['DESKTOP', 'PHONE', 'TABLET']],
    ['new-visitors', ['NEW', 'RETURNING']],
  ] as const)(
    'by %s has a snapshot of each value, whose visits add up to the whole',
    async (by, values) => {
      const { client, experiment, go } = await aRunningExperiment();
      let sent = 0;
      const ask = { experiment, unit: 'visits', windows: null } as const;
      const cut = await go(client.readSlices({ ...ask, by }, { onSent: () => (sent += 1) }));
      expect(cut.map(({ value }) => value).toSorted()).toEqual(values);
      expect(sent).toBeGreaterThanOrEqual(2);
      const [whole] = await go(client.readSlices({ ...ask, by: null }));
      expect(whole?.value).toBeNull();
      const visits = (of: typeof cut): number =>
        of.flatMap(({ snapshot }) => snapshot.arms).reduce((sum, arm) => sum + arm.visits, 0);
      expect(visits(cut)).toBeGreaterThan(0);
      // The world goes on between the two questions.
      expect(Math.abs(visits(cut) / visits(whole ? [whole] : []) - 1)).toBeLessThan(0.02);
    },
  );

  it('counts only the days that are asked for', async () => {
    const { client, experiment, go } = await aRunningExperiment();
    const startMs = experiment.startedAtMs ?? 0;
    const day = { startMs, endMs: startMs + 86_400_000 };
    const rest = { startMs: day.endMs, endMs: START_MS };
    const read = async (...windows: readonly (typeof day)[]) => {
      const ask = { experiment, by: null, unit: 'visits', windows } as const;
      const [one] = await go(client.readSlices(ask));
      return one?.snapshot.arms.map(({ visits }) => visits) ?? [];
    };
    const [first, later, both] = [await read(day), await read(rest), await read(day, rest)];
    expect(both).toEqual(first.map((visits, at) => visits + (later[at] ?? 0)));
    expect(both.every((visits) => visits > 0)).toBe(true);
  });

  it('is given up when nobody waits for it any more', async () => {
    const { client, experiment, go } = await aRunningExperiment();
    const gone = new AbortController();
    const asked = client.readSlices(
      { experiment, by: 'device', unit: 'visitors', windows: null },
      { signal: gone.signal, onSent: () => gone.abort() },
    );
    await expect(go(asked)).rejects.toMatchObject({ problem: { code: 'given-up' } });
  });
});
