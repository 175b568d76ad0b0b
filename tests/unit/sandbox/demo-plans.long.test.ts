import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { addLook } from '@/lib/core/analysis/add-look';
import { analyse } from '@/lib/core/analysis/analyse';
import type { Analysis } from '@/lib/core/analysis/analysis';
import { startHistory } from '@/lib/core/analysis/history';
import type { Experiment } from '@/lib/core/experiment/experiment';
import { experimentId, goalId, projectId, variationId } from '@/lib/core/experiment/ids';
import { DEFAULT_METHOD } from '@/lib/core/experiment/question';
import type { Snapshot } from '@/lib/core/experiment/snapshot';
import { createWorld } from '@/lib/sandbox/world/world';
import { readPlans } from '@/lib/server/config/plans-file';

const DAY_MS = 86_400_000;
const FILE = fileURLToPath(new URL('../../../lib/process/demo-plans.json', import.meta.url));
const plans = readPlans(FILE, (_, fault) => {
  throw new Error(fault);
});
const EPOCHS = [0, 1, 2, 3].map((at) => Date.UTC(2025, 9, 3, 7) + at * 61.3 * DAY_MS);
const PLATFORM = { rate: null, lift: null, reliability: null };

type World = ReturnType<typeof createWorld>;

/** What the first look at the epoch says, under the demo's plan. */
function meet(world: World, epochMs: number, id: number): Analysis {
  const plan = world.experiments.find((one) => one.id === id)!;
  const goals = plan.goals.map((wanted) => world.goals.find((one) => one.id === wanted)!);
  const rows = world
    .report(plan, { intervals: [{ startMs: 0, endMs: Infinity }], filters: [], goals }, epochMs)
    .get('_reference')!;
  const arms = ['Original', ...plan.variations.map(({ name }) => name)];
  const ids = [variationId(0), ...plan.variations.map((one) => variationId(one.id))];
  const experiment: Experiment = {
    id: experimentId(id),
    name: plan.name,
    project: { id: projectId(plan.siteId), name: 'Site' },
    status: 'active',
    allocation: 'manual',
    isMultivariate: false,
    variations: arms.map((name, at) => ({
      id: ids[at]!,
      name,
      isOriginal: at === 0,
      weight: plan.configured[at]!,
    })),
    goals: goals.map((goal) => ({
      id: goalId(goal.id),
      name: goal.name,
      kind: goal.type,
      hasMultipleConversions: false,
    })),
    mainGoalId: goalId(plan.goals[0]!),
    tags: [],
    startedAtMs: plan.launchMs!,
    endedAtMs: null,
    statusChangedAtMs: null,
    splitChangedAtMs: null,
  };
  const snapshot: Snapshot = {
    experimentId: experiment.id,
    asOfMs: epochMs,
    unit: 'visitors',
    arms: rows.map((row, at) => ({
      variationId: ids[at]!,
      visitors: row.visitors,
      visits: row.visitors,
      goals: Object.fromEntries(
        goals.map((goal, place) => {
          const converted = row.goals[place]!.convertedVisitors;
          const counts = { conversions: converted, converted, revenue: null, platform: PLATFORM };
          return [goalId(goal.id), counts];
        }),
      ),
    })),
  };
  const settings = plans.get(experiment.id)!;
  const look = { snapshot, source: 'live' } as const;
  const history = addLook(startHistory(), experiment, look, DEFAULT_METHOD, 'visitors', settings);
  const method = DEFAULT_METHOD;
  return analyse({ experiment, snapshot, proof: 'visitors', history, method, settings });
}

const guardrailOf = ({ guardrails }: Analysis) => guardrails.map(({ state }) => state);

describe('the plans of the demo', () => {
  it('are all tried here, but for an effect alone, which decides nothing', () => {
    const deciding = [...plans].filter(
      ([, { plannedEffect: _, ...more }]) => Object.keys(more).length,
    );
    expect(deciding.map(([id]) => Number(id))).toEqual([188402, 188403, 188406, 188501]);
  });

  it.each(EPOCHS.map((epochMs) => [new Date(epochMs).toISOString().slice(0, 16), epochMs]))(
    'leave each story what it deserves: %s',
    (_, epochMs) => {
      const world = createWorld({ seed: Number(epochMs) % 1000, epochMs: Number(epochMs) });
      const at = (id: number): Analysis => meet(world, Number(epochMs), id);
      // Past its planned end: its call is the final one.
      const priced = at(188402);
      expect(priced.verdict.state).toBe('winner');
      expect(priced.call).toMatchObject({ isFinal: true });
      expect(guardrailOf(priced)).toEqual(['holds']);
      // Worse, and people who cannot finish ask to be called.
      const claim = at(188403);
      expect(claim.verdict.state).toBe('loser');
      expect(guardrailOf(claim)).toEqual(['harmed']);
      // Its planned end is still ahead.
      const badges = at(188406);
      expect(badges.verdict.state).toBe('inconclusive');
      expect(badges.arms[1]?.comparison?.basis).toBe('sequence');
      expect(guardrailOf(badges)).toEqual(['holds']);
      expect(at(188501).verdict.state).toBe('no-difference');
    },
  );
});
