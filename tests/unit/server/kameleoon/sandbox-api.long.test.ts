import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { isProblemError } from '@/lib/core/problem/problem';
import type { Clock } from '@/lib/core/time/clock';
import type { Listed } from '@/lib/server/kameleoon/api';
import type { Automation } from '@/lib/server/kameleoon/create-automation';
import { createAutomation } from '@/lib/server/kameleoon/create-automation';
import { and, by, or, where } from '@/lib/server/kameleoon/filters';
import type { RunningSandbox } from '@/lib/sandbox/start';
import { startSandbox } from '@/lib/sandbox/start';
import { toArray } from './api-setup';

// Making the world takes seconds on a busy machine.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

/** Time that runs faster than the machine's, for both sides alike. */
const SPEED = 4;

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

let dataDir = '';
let sandbox: RunningSandbox;
let house: Automation;
let sent = 0;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'kameleoon-api-'));
  const clock = createFastClock();
  sandbox = await startSandbox({ port: 0, dataDir, seed: 5, clock: clock.nowMs });
  house = createAutomation({
    baseUrl: sandbox.url,
    clientId: 'demo-client',
    clientSecret: 'demo-secret',
    clock,
    fetch: (...args) => {
      sent += 1;
      return fetch(...args);
    },
  });
});
afterAll(async () => {
  await sandbox.close();
  await rm(dataDir, { recursive: true, force: true });
});

const codeOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
    return 'it worked';
  } catch (error) {
    if (isProblemError(error)) return error.problem.code;
    throw error;
  }
};

describe('the whole API against the sandbox, over HTTP', () => {
  it('creates an experiment as the tutorial does, launches it, reads its results, and ends it', async () => {
    const { api } = house;
    const [site] = await toArray(api.sites.list({ sort: [by('id')] }));
    if (!site?.code) expect.fail('no site');
    expect(await api.sites.readByCode(site.code)).toEqual(await api.sites.read(site.id));

    const goal = await api.goals.create({
      name: 'Order',
      siteId: site.id,
      type: 'CUSTOM',
      hasMultipleConversions: false,
    });
    const segment = await api.segments.create({
      name: 'Phones',
      siteId: site.id,
      conditionsData: {
        firstLevelOrOperators: [false],
        firstLevel: [
          {
            orOperators: [false],
            conditions: [
              { targetingType: 'DEVICE_TYPE', weight: 1, include: true, device: 'PHONE' },
            ],
          },
        ],
      },
    });
    const created = await api.experiments.create({
      name: 'Checkout',
      siteId: site.id,
      baseURL: 'https://shop.test/checkout',
      type: 'DEVELOPER',
    });
    expect(created).toMatchObject({ status: 'draft', siteId: site.id, name: 'Checkout' });
    expect(created.variationIds).toHaveLength(1);
    const [first = ''] = created.variationIds;
    expect(created.deviations).toEqual({ origin: 0.5, [first]: 0.5 });

    const renamed = await api.variations.change(first, { name: 'Green' });
    expect(renamed).toMatchObject({ id: first, name: 'Green' });
    const jsCode = 'document.body.className += " ü\\n\u2028";\r\n\t// end';
    await api.variations.replace(renamed, { jsCode });
    await api.variations.change(first, { cssCode: 'b::after { content: "\\201C" }' });
    expect(await api.variations.read(first)).toMatchObject({
      name: 'Green',
      jsCode,
      cssCode: 'b::after { content: "\\201C" }',
      experimentId: created.id,
    });

    const second = await api.variations.create({ name: 'Blue', siteId: site.id });
    const share = { origin: 0.4, [first]: 0.3, [second.id]: 0.3 };
    const changed = await api.experiments.change(created.id, {
      goals: [goal.id],
      mainGoalId: goal.id,
      targetingSegmentId: segment.id,
      targetingConfiguration: 'SAVED_TEMPLATE',
      variations: [first, second.id],
      deviations: share,
    });
    expect(changed).toMatchObject({ goalIds: [goal.id], mainGoalId: goal.id, deviations: share });
    expect(changed.variationIds.toSorted()).toEqual([first, second.id].toSorted());
    await api.experiments.change(created.id, { name: 'Checkout, again' });
    const read = await api.experiments.read(created.id, { optionalFields: ['goals'] });
    expect(read).toMatchObject({ name: 'Checkout, again', goalIds: [goal.id] });

    expect(await api.experiments.simulate(created.id)).toMatch(/^https?:\/\/shop\.test/);
    expect(await codeOf(api.experiments.act(created.id, 'RESUME'))).toBe('upstream-rejected');
    expect(await api.experiments.act(created.id, 'ACTIVATE')).toMatchObject({ status: 'active' });
    expect(await codeOf(api.experiments.remove(created.id))).toBe('upstream-rejected');
    const { variations } = await api.experiments.results(created.id, {
      conversionType: 'CONVERTED_VISITS',
      goalIds: [goal.id],
      referenceVariationId: '0',
      allVariationsData: true,
    });
    expect(Object.keys(variations).toSorted()).toEqual(['0', first, second.id].toSorted());
    expect(Object.keys(variations['0']?.['_reference']?.goals ?? {})).toEqual([goal.id]);
    for (const [action, status] of [
      ['PAUSE', 'paused'],
      ['RESUME', 'active'],
      ['STOP', 'stopped'],
    ] as const)
      expect(await api.experiments.act(created.id, action)).toMatchObject({ status });
    await api.experiments.remove(created.id);
    expect(await codeOf(api.experiments.read(created.id))).toBe('upstream-not-found');
  });

  it('tells a taken name and a field at fault', async () => {
    const { api } = house;
    const [site] = await toArray(api.sites.list());
    if (!site) expect.fail('no site');
    const body = { name: 'Twice', siteId: site.id, conditionsData: { firstLevel: [] } };
    await api.segments.create(body);
    expect(await codeOf(api.segments.create(body))).toBe('upstream-conflict');
    const goal = { name: '', siteId: site.id, type: 'URL', hasMultipleConversions: true };
    expect(await codeOf(api.goals.create(goal))).toBe('upstream-rejected');
  });

  it('lists and searches every kind, each row once', async () => {
    const { api } = house;
    const experiments = await toArray(api.experiments.list({ perPage: 3 }));
    const ids = experiments.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const running = await toArray(
      api.experiments.list({ filter: [where('status').in(['ACTIVE'])], sort: [by('id', 'DESC')] }),
    );
    const expected = experiments.filter(({ status }) => status === 'active').map(({ id }) => id);
    expect(running.map(({ id }) => id)).toEqual(expected.toSorted((a, b) => Number(b) - Number(a)));

    const goals = await toArray(api.goals.list());
    const [one, two] = goals;
    if (!one || !two) expect.fail('no goals');
    const found = await toArray(
      api.goals.search(
        and(or(where('id').equal(one.id), where('id').equal(two.id)), where('siteId').isNotNull()),
        { perPage: 1, sort: [by('id')] },
      ),
    );
    expect(found.map(({ id }) => id)).toEqual([one.id, two.id].toSorted());
    const kinds: Listed<{ readonly id: string }>[] = [
      api.accounts,
      api.segments,
      api.variations,
      api.featureFlags,
    ];
    for (const kind of kinds) {
      const rows = await toArray(kind.list());
      expect(rows.length).toBeGreaterThan(0);
      for (const { id } of rows) expect(id).toMatch(/^\d+$/);
    }
  });

  it("reads a stranger's results by a shared token, and nothing else", async () => {
    const { api } = house;
    const question = { conversionType: 'CONVERTED_VISITS' } as const;
    const [running, other] = await toArray(
      api.experiments.list({ filter: [where('status').in(['ACTIVE'])] }),
    );
    if (!running || !other) expect.fail('nothing runs');
    const sharedToken = await api.experiments.shareResults(running.id, question);
    const { variations } = await api.experiments.results(running.id, question, { sharedToken });
    expect(Object.keys(variations)).toContain('0');
    expect(await codeOf(api.experiments.results(other.id, question, { sharedToken }))).toMatch(
      /upstream-(forbidden|not-found)/,
    );
  });

  it('has counted every request it made', () => {
    expect(house.client.budget()).toMatchObject({ total: sent, refused429: 0 });
  });
});
