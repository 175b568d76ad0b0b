import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { PlatformFigures, Snapshot } from '@/lib/core/experiment/snapshot';
import type { Clock } from '@/lib/core/time/clock';
import { createKameleoonClient } from '@/lib/server/kameleoon/create-client';
import type { RunningSandbox, StartOptions } from '@/lib/sandbox/start';
import { startSandbox } from '@/lib/sandbox/start';

// Making the world takes seconds on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

/**
 * Time that runs faster than the machine's, for both sides alike: jobs take a third of their wait. Not faster still, for
 * a busy machine must answer within what the client waits.
 */
const SPEED = 3;

function createFastClock(): Clock {
  const startMs = Date.now();
  const startedMs = performance.now();
  const elapsedMs = (): number => (performance.now() - startedMs) * SPEED;
  return {
    nowMs: () => startMs + elapsedMs(),
    monotonicMs: elapsedMs,
    setTimer(task, delayMs) {
      const timer = setTimeout(task, delayMs / SPEED);
      return () => clearTimeout(timer);
    },
  };
}

/** One world for all tests: making one is the slow part. */
let dataDir = '';
const open: RunningSandbox[] = [];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'kameleoon-client-'));
});
afterEach(async () => {
  for (const sandbox of open.splice(0)) await sandbox.close();
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

async function setUp(more: Partial<StartOptions> = {}) {
  const clock = createFastClock();
  const sandbox = await startSandbox({ port: 0, dataDir, seed: 5, clock: clock.nowMs, ...more });
  open.push(sandbox);
  let sent = 0;
  const client = createKameleoonClient({
    baseUrl: sandbox.url,
    clientId: 'demo-client',
    clientSecret: 'demo-secret',
    clock,
    fetch: (...args) => {
      sent += 1;
      return fetch(...args);
    },
  });
  return { clock, client, sent: () => sent };
}

const interactive = { priority: 'interactive' } as const;

const running = (experiments: readonly Experiment[]): Experiment[] =>
  experiments.filter(({ status, goals }) => status === 'active' && goals.length > 0);

/** Rate beside its recomputation, for all arms and goals that have both. */
const ratesOf = ({ arms }: Snapshot): [PlatformFigures, number][] =>
  arms.flatMap((arm) =>
    Object.values(arm.goals).map((goal): [PlatformFigures, number] => [
      goal.platform,
      goal.converted / arm.visitors,
    ]),
  );

describe('the client against the sandbox, over HTTP', () => {
  it('reads the catalogue: names, goals, splits, times', async () => {
    const { client, clock } = await setUp();
    const { experiments, quarantined, asOfMs } = await client.readCatalogue(interactive);
    expect(quarantined).toBe(0);
    expect(experiments.length).toBeGreaterThan(5);
    expect(Math.abs(asOfMs - clock.nowMs())).toBeLessThan(60_000);
    const named = experiments.flatMap(({ variations }) => variations.map(({ id }) => id));
    const names = await client.readNames(named, { ...interactive, maxSingles: 0 });
    for (const { project, goals, variations } of experiments) {
      expect(project.name).not.toBe(project.id);
      for (const goal of goals) expect(goal.name).not.toBe(goal.id);
      for (const { id, isOriginal } of variations) expect(isOriginal || names.get(id)).toBeTruthy();
    }
    expect(running(experiments).length).toBeGreaterThan(2);
  });

  it.each(['percent', 'fraction'] as const)(
    'finds that rates come in %s, and gives fractions',
    async (rateUnit) => {
      const { client } = await setUp({ quirks: { rateUnit } });
      const { experiments } = await client.readCatalogue(interactive);
      const [experiment] = running(experiments).filter(({ startedAtMs }) => startedAtMs !== null);
      if (!experiment) expect.fail('nothing runs');
      const { snapshot } = await client.readReport(
        { experiment, unit: 'visitors', endMs: null },
        interactive,
      );
      const rows = ratesOf(snapshot);
      expect(rows.length).toBeGreaterThan(1);
      for (const [{ rate, reliability }, recomputed] of rows) {
        expect(rate).toBeCloseTo(recomputed, 4);
        if (reliability !== null) expect(reliability).toBeLessThanOrEqual(1);
      }
    },
  );

  it('pays two calls a report in the median, 2.2 in the mean, and is never refused', async () => {
    const { client, sent } = await setUp();
    const { experiments } = await client.readCatalogue(interactive);
    const costs: number[] = [];
    const subjects = running(experiments).slice(0, 6);
    for (let round = 0; round < 16; round += 1) {
      const reports = await Promise.all(
        subjects.map((experiment) =>
          client.readReport({ experiment, unit: 'visitors', endMs: null }, interactive),
        ),
      );
      costs.push(...reports.map(({ requests }) => requests));
    }
    const learnt = costs.slice(costs.length / 3).toSorted((a, b) => a - b);
    expect(learnt[Math.floor(learnt.length / 2)]).toBe(2);
    expect(learnt.reduce((sum, n) => sum + n, 0) / learnt.length).toBeLessThanOrEqual(2.3);
    // The client's own account and the wire agree.
    expect(client.budget()).toMatchObject({ total: sent(), refused429: 0 });
  });

  it('reads a past moment, and visits as well as visitors', async () => {
    const { client } = await setUp();
    const { experiments } = await client.readCatalogue(interactive);
    const endMs = client.upstreamNowMs() - 86_400_000;
    const experiment = running(experiments).find(
      (e) => (e.startedAtMs ?? endMs) < endMs - 86_400_000,
    );
    if (!experiment) expect.fail('nothing has run for two days');
    const read = (unit: 'visitors' | 'visits', end: number | null) =>
      client.readReport({ experiment, unit, endMs: end }, interactive);
    const [past, now, visits] = await Promise.all([
      read('visitors', endMs),
      read('visitors', null),
      read('visits', endMs),
    ]);
    const visitors = ({ arms }: Snapshot): number =>
      arms.reduce((sum, arm) => sum + arm.visitors, 0);
    expect(Math.abs(past.snapshot.asOfMs - endMs)).toBeLessThanOrEqual(1000);
    expect(visitors(past.snapshot)).toBeLessThan(visitors(now.snapshot));
    expect(visits.snapshot.unit).toBe('visits');
  });

  it('is told plainly that its credentials are wrong', async () => {
    const { client } = await setUp({ credentials: { clientId: 'other', clientSecret: 'other' } });
    await expect(client.readCatalogue(interactive)).rejects.toMatchObject({
      problem: { code: 'upstream-auth' },
    });
  });
});
