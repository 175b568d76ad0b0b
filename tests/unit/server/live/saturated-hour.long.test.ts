import { afterEach, describe, expect, it, vi } from 'vitest';
import { toQuestion } from '@/lib/core/experiment/question';
import type { ExperimentId } from '@/lib/core/experiment/ids';
import type { SandboxHouse } from './sandbox-house';
import { aSandboxHouse } from './sandbox-house';

vi.setConfig({ testTimeout: 300_000 });

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const WATCHED = 12;

const open: SandboxHouse[] = [];
afterEach(async () => {
  for (const house of open.splice(0)) await house.stop();
});

/** An hour in which twelve experiments are watched by so many: what they saw, and what it cost. */
async function anHourOf(viewers: number) {
  const house = await aSandboxHouse({ size: { active: 0, stopped: 0 } });
  open.push(house);
  const { clock, results, sandbox, client } = house;
  await clock.advance(20_000);
  const ids = results
    .list()
    .readings.filter(({ experiment }) => experiment.status === 'active')
    .slice(0, WATCHED)
    .map(({ experiment }) => experiment.id);
  const questions = ids.map((id) => toQuestion(id));

  const readings = new Map<ExperimentId, string[]>(ids.map((id) => [id, []]));
  const heard = new Map<number, number>();
  const watch = (viewer: number): (() => void) =>
    results.subscribe(questions, ({ event }) => {
      heard.set(viewer, (heard.get(viewer) ?? 0) + 1);
      if (viewer !== 0 || event.type !== 'analysis' || !event.reading.analysis) return;
      const { asOfMs, arms } = event.reading.analysis;
      const seen = readings.get(event.reading.experiment.id);
      const counts = JSON.stringify([asOfMs, arms.map((arm) => [arm.visitors, arm.converted])]);
      if (seen?.at(-1) !== counts) seen?.push(counts);
    });
  const leaves = Array.from({ length: viewers }, (_, viewer) => watch(viewer));

  for (let minute = 0; minute < 60; minute += 1) {
    await clock.advance(MINUTE_MS);
    // All but the first come and go, as people do.
    for (let viewer = 1 + minute; viewer < viewers; viewer += 60) {
      leaves[viewer]?.();
      leaves[viewer] = watch(viewer);
    }
  }
  const { total, byPath, worst10s, worstHour, byStatus } = sandbox.requests();
  const cost = { total, byPath, byStatus, worst10s, worstHour, ours: client.budget().total };
  return { ids, readings, cost, heard };
}

describe('a saturated hour', () => {
  it('gives 2,000 viewers exactly the readings it gives one, for exactly the same requests', async () => {
    const one = await anHourOf(1);
    const many = await anHourOf(2_000);
    expect(many.ids).toEqual(one.ids);
    expect(many.ids).toHaveLength(WATCHED);
    for (const id of one.ids) {
      expect(one.readings.get(id)?.length).toBeGreaterThan(10);
      expect(many.readings.get(id)).toEqual(one.readings.get(id));
    }
    expect(many.cost).toEqual(one.cost);
    expect(many.heard.size).toBe(2_000);
    expect(one.cost.worst10s).toBeLessThanOrEqual(50);
    expect(one.cost.worstHour).toBeLessThanOrEqual(1_000);
    expect(one.cost.byStatus['429'] ?? 0).toBe(0);
    // It was an hour of demand: background work used its share, and people what they needed.
    expect(one.cost.total).toBeGreaterThan((HOUR_MS / 3_600_000) * 0.7 * 950);
  });
});
