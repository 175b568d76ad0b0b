import { beforeEach, describe, expect, it } from 'vitest';
import { createCaller, INSURANCE, NEW, type Caller, type Row } from './caller';

let api: Caller;
let id: string;
let own: string;
beforeEach(async () => {
  api = await createCaller();
  const made = await api.done('POST', '/experiments', {
    ...NEW,
    goals: [312002, 312001],
    mainGoalId: 312001,
  });
  id = String(made['id']);
  own = String((made['variations'] as number[])[0]);
});

const act = (action: string, body?: unknown): Promise<Row> =>
  api.done('PATCH', `/experiments/${id}?action=${action}`, body);

/** Ways into each status. */
const WAYS = {
  draft: [],
  active: ['ACTIVATE'],
  paused: ['ACTIVATE', 'PAUSE'],
  stopped: ['ACTIVATE', 'STOP'],
  deactivated: ['ACTIVATE', 'DEACTIVATE'],
} as const;
const LEGAL: Readonly<Record<string, string>> = {
  'draft ACTIVATE': 'active',
  'active PAUSE': 'paused',
  'paused RESUME': 'active',
  'active STOP': 'stopped',
  'paused STOP': 'stopped',
  'active DEACTIVATE': 'deactivated',
  'paused DEACTIVATE': 'deactivated',
};
const MOVES = Object.keys(WAYS).flatMap((from) =>
  ['ACTIVATE', 'PAUSE', 'RESUME', 'STOP', 'DEACTIVATE', 'SCHEDULE'].map((action) => ({
    from,
    action,
  })),
);

describe('an action', () => {
  it.each(MOVES)(
    '$action of one that is $from goes only where it may',
    async ({ from, action }) => {
      for (const step of WAYS[from as keyof typeof WAYS]) await act(step);
      const to = LEGAL[`${from} ${action}`];
      const kept = api.kept();
      if (to === undefined) {
        const body = { name: 'Half done' };
        await api.refused(400, 'PATCH', `/experiments/${id}?action=${action}`, body);
        expect(api.kept()).toBe(kept);
      } else expect((await act(action))['status']).toBe(to);
      expect((await api.done('GET', `/experiments/${id}`))['status']).toBe(to ?? from);
    },
  );

  it('dates the launch once and the end at the end', async () => {
    const launched = await act('ACTIVATE', {});
    const { dateStarted } = launched;
    expect(launched).toMatchObject({ dateStatusModified: dateStarted, status: 'active' });
    expect(launched).not.toHaveProperty('dateEnded');
    await act('PAUSE');
    expect(await act('RESUME')).toMatchObject({ dateStarted });
    const stopped = await act('STOP');
    expect(stopped).toMatchObject({ dateStarted, collectingDataEnabled: false });
    expect(String(stopped['dateEnded']) > String(dateStarted)).toBe(true);
  });

  it('takes a body along, all or nothing', async () => {
    const deviations = { origin: 0.2, [own]: 0.8 };
    expect(await act('ACTIVATE', { deviations })).toMatchObject({ deviations, status: 'active' });
    const far = { deviations: { origin: 0.9 } };
    await api.refused(400, 'PATCH', `/experiments/${id}?action=PAUSE`, far);
    expect(await api.done('GET', `/experiments/${id}`)).toMatchObject({
      status: 'active',
      deviations,
    });
  });

  it.each(['activate', 'LAUNCH', '', 'RESTART', '__proto__', 'toString'])(
    '%j is unknown',
    async (word) => {
      const path = `/experiments/${id}?action=${word}`;
      expect(await api.refused(400, 'PATCH', path, {})).toContain("'action'");
    },
  );

  it('launches nothing that has no variation', async () => {
    await api.done('PATCH', `/experiments/${id}`, { variations: [], deviations: { origin: 1 } });
    expect(await api.refused(400, 'PATCH', `/experiments/${id}?action=ACTIVATE`)).toContain(
      'variations',
    );
  });

  it('restarts a stopped one, and only that', async () => {
    await api.refused(400, 'POST', `/experiments/restart/${id}`);
    await act('ACTIVATE');
    await act('STOP');
    const again = await api.done('POST', `/experiments/restart/${id}`);
    expect(again['status']).toBe('active');
    expect(again).not.toHaveProperty('dateEnded');
  });

  it('schedules a launch that comes at its time', async () => {
    const at = new Date(api.clock.nowMs + 3_600_000).toISOString().slice(0, 19);
    expect((await act('SCHEDULE', { schedules: [{ dateStart: at }] }))['status']).toBe('scheduled');
    expect((await api.done('GET', `/experiments/${id}`))['status']).toBe('scheduled');
    api.clock.nowMs += 3_700_000;
    expect(await api.done('GET', `/experiments/${id}`)).toMatchObject({
      status: 'active',
      dateStarted: at,
    });
    expect(api.turns(id).map(({ atMs }) => atMs)).toEqual([Date.parse(`${at}Z`)]);
  });
});

describe('the world', () => {
  it('hears nothing of a draft, and of a launch with split and goals, the main goal first', async () => {
    await api.done('PATCH', `/experiments/${id}`, {
      name: 'Other',
      deviations: { origin: 0.4, [own]: 0.6 },
    });
    expect(api.turns(id)).toEqual([]);
    await act('ACTIVATE');
    expect(api.turns(id)).toMatchObject([
      {
        atMs: api.clock.nowMs,
        isCollecting: true,
        split: { origin: 0.4, [own]: 0.6 },
        goals: [312001, 312002],
      },
    ]);
  });

  it('hears of every change of what is collected, and of nothing else', async () => {
    await act('ACTIVATE');
    await api.done('PATCH', `/experiments/${id}`, { name: 'Only a name', commonCssCode: 'b{}' });
    expect(api.turns(id)).toHaveLength(1);
    await api.done('PATCH', `/experiments/${id}`, { goals: [312001, 312003] });
    expect(api.turns(id).at(-1)).toMatchObject({ goals: [312001, 312003], isCollecting: true });
    const { id: b } = await api.done('POST', '/variations', { name: 'B', siteId: INSURANCE });
    await api.done('PATCH', `/variations/${String(b)}`, { experimentId: Number(id) });
    expect(api.turns(id).at(-1)?.split).toEqual({ origin: 0.5, [own]: 0.5, [String(b)]: 0 });
    await api.done('DELETE', `/variations/${own}`);
    expect(api.turns(id).at(-1)?.split).toEqual({ origin: 1, [String(b)]: 0 });
    await act('PAUSE');
    expect(api.turns(id).at(-1)?.isCollecting).toBe(false);
    expect(api.turns(id)).toHaveLength(5);
  });

  it('hears of a seeded experiment when it is stopped', async () => {
    await api.done('PATCH', '/experiments/188401?action=STOP');
    expect(api.turns(188401)).toHaveLength(1);
    expect(api.turns(188401)[0]).toMatchObject({ isCollecting: false, atMs: api.clock.nowMs });
  });
});

describe('a locked experiment', () => {
  it('answers 423 to reading and writing, and stays as it was', async () => {
    api.setFaults([{ kind: 'locked', experimentId: 188401 }]);
    const kept = api.kept();
    for (const [method, path, body] of [
      ['GET', '/experiments/188401', undefined],
      ['PATCH', '/experiments/188401', { name: 'Mine' }],
      ['PATCH', '/v1/experiments/188401?action=STOP', undefined],
      ['DELETE', '/experiments/188401', undefined],
    ] as const)
      expect(await api.refused(423, method, path, body)).toContain('locked');
    expect(api.kept()).toBe(kept);
    await api.done('GET', '/experiments/188402');
    await api.done('PATCH', `/experiments/${id}`, { name: 'Free' });
  });

  it('is no more than unknown to those who cannot see it', async () => {
    api.setFaults([{ kind: 'locked', experimentId: 188401 }]);
    await (await api.as('shop')).refused(404, 'PATCH', '/experiments/188401', { name: 'Mine' });
  });
});
