import { expect, it, describe } from 'vitest';
import { EPOCH_MS } from '../test-sandbox';
import { begin, launched, type Life } from './life';

const visitors = async (life: Life, id: unknown, body?: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(await life.totals(id, body)).map(([key, row]) => [key, row.visitorCount]),
  );

describe('an experiment created by a person', () => {
  it('is empty as a draft, collects from its launch, and has a winner after two weeks', async () => {
    const life = await begin();
    const draft = await life.create('experiments', { name: 'Draft', baseURL: 'https://a.example' });
    const [own] = draft['variations'] as number[];
    expect(await visitors(life, draft['id'])).toEqual({ _reference: 0, [String(own)]: 0 });

    const { id, goal, variation } = await launched(life);
    await life.pass(14);
    const totals = await life.totals(id);
    expect(Object.keys(totals).sort()).toEqual([variation, '_reference'].sort());
    const { conversionCount, convertedVisitCount, improvementRate, reliability } =
      totals[variation]!.goalsData[goal]!;
    expect(improvementRate).toBeGreaterThan(0);
    expect(reliability).toBeGreaterThan(95);
    // One conversion a visit.
    const visits = await life.totals(id, { visitorData: false });
    expect(visits[variation]!.goalsData[goal]!.convertedVisitCount).toBe(conversionCount);
    expect(convertedVisitCount).toBeLessThanOrEqual(conversionCount);
    const share = totals[variation]!.visitorCount / totals['_reference']!.visitorCount;
    expect(Math.abs(share - 1)).toBeLessThan(0.05);
    expect(await visitors(life, draft['id'])).toEqual({ _reference: 0, [String(own)]: 0 });
  });

  it('stops while it is paused and goes on when it is resumed', async () => {
    const life = await begin();
    const { id } = await launched(life);
    await life.pass(2);
    const before = await life.totals(id);
    await life.act(id, 'PAUSE');
    await life.pass(3);
    expect(await life.totals(id)).toEqual(before);
    await life.act(id, 'RESUME');
    await life.pass(2);
    const after = await life.totals(id);
    expect(after['_reference']!.visitorCount).toBeGreaterThan(
      1.3 * before['_reference']!.visitorCount,
    );
    await life.act(id, 'STOP');
    const ended = await life.totals(id);
    await life.pass(5);
    expect(await life.totals(id)).toEqual(ended);
  });

  it('sends visitors to a variation from when it is attached, and keeps those of one taken off', async () => {
    const life = await begin();
    const { path, id, variation } = await launched(life);
    await life.pass(2);
    const added = String((await life.create('variations', { name: 'Second' }))['id']);
    const attached = { variations: [variation, added].map(Number) };
    await life.change(path, {
      ...attached,
      deviations: { origin: 0.2, [variation]: 0.2, [added]: 0.6 },
    });
    const first = await visitors(life, id);
    expect(first[added]).toBe(0);
    await life.pass(2);
    const second = await visitors(life, id);
    expect(second[added]).toBeGreaterThan(2 * (second[variation]! - first[variation]!));
    await life.change(path, {
      variations: [Number(added)],
      deviations: { origin: 0.5, [added]: 0.5 },
    });
    await life.pass(8);
    const past = await visitors(life, id);
    await life.pass(2);
    const third = await visitors(life, id);
    expect(third[variation]).toBe(past[variation]);
    expect(third[variation]).toBeGreaterThanOrEqual(second[variation]!);
    expect(third[added]).toBeGreaterThan(past[added]!);
  });

  it('counts a goal from when it is added, and tells of it by id when it is gone', async () => {
    const life = await begin();
    const { path, id, goal, variation } = await launched(life);
    await life.pass(2);
    const second = await life.create('goals', {
      name: 'Called',
      type: 'CUSTOM',
      hasMultipleConversions: true,
    });
    const key = String(second['id']);
    await life.change(path, { goals: [goal, key].map(Number) });
    const conversions = async (body?: Record<string, unknown>) =>
      (await life.totals(id, body))[variation]!.goalsData[key]?.conversionCount;
    expect(await conversions()).toBe(0);
    await life.pass(3);
    const counted = await conversions();
    expect(counted).toBeGreaterThan(100);
    await life.change(`/goals/${key}`, { hasMultipleConversions: false });
    expect(await conversions()).toBe(counted);
    await life.change(path, { goals: [Number(goal)] });
    expect(await conversions()).toBeUndefined();
    await life.pass(3);
    expect(await conversions({ goalsIds: [second['id']] })).toBe(counted);
    const deleted = await life.sandbox.send(`/goals/${key}`, { method: 'DELETE' });
    expect(deleted.ok).toBe(true);
    expect(await conversions({ goalsIds: [second['id']] })).toBe(counted);
  });
});

describe('an experiment of the stories', () => {
  it('keeps its past to the visit when it is paused, resumed and split anew', async () => {
    const life = await begin();
    const past = {
      dateIntervals: [{ start: '2026-01-01T00:00:00', end: new Date(EPOCH_MS).toISOString() }],
    };
    const before = await life.totals(188502, past);
    await life.act(188502, 'PAUSE');
    const paused = await life.totals(188502);
    await life.pass(1);
    expect(await life.totals(188502)).toEqual(paused);
    await life.act(188502, 'RESUME');
    const { variations } = (await life.sandbox.read('/experiments/188502')) as {
      variations: number[];
    };
    const [key] = variations.map(String);
    await life.change('/experiments/188502', { deviations: { origin: 0.1, [key!]: 0.9 } });
    await life.pass(2);
    expect(await life.totals(188502, past)).toEqual(before);
    const after = await visitors(life, 188502);
    const came = (arm: string): number => after[arm]! - paused[arm]!.visitorCount;
    expect(came(key!)).toBeGreaterThan(4 * came('_reference'));
    expect(came('_reference')).toBeGreaterThan(0);
  });

  it('can be launched when it is a draft', async () => {
    const life = await begin();
    await life.change('/experiments/188408', { baseURL: 'https://www.insurance.example/claims' });
    await life.act(188408, 'ACTIVATE');
    await life.pass(1);
    expect((await visitors(life, 188408))['901011']).toBeGreaterThan(500);
  });
});
