/**
 * How long history takes: 10,000 kept looks folded anew, and the decision on one look, each beside a baseline of the same
 * run (reading the looks from JSON; a fixed z-test on the same counts). Prints medians and ratios; fails over the limits
 * of the issue by the processor's time, and where two replays differ in one bit.
 */
import { rebuildHistory } from '@/lib/core/analysis/add-look';
import { decide } from '@/lib/core/analysis/decide';
import type { Family } from '@/lib/core/analysis/family';
import { NO_MEMORY, judgeLook } from '@/lib/core/analysis/judge-look';
import { DEFAULT_SETTINGS } from '@/lib/core/analysis/settings';
import type { Experiment } from '@/lib/core/experiment/experiment';
import { experimentId, goalId, projectId, variationId } from '@/lib/core/experiment/ids';
import { DEFAULT_METHOD } from '@/lib/core/experiment/question';
import type { Look } from '@/lib/core/experiment/snapshot';
import { twoProportionTest } from '@/lib/core/stats/two-proportion-test';

const LOOKS = 10_000;
const ROUNDS = 7;
const LIMIT_REPLAY_MS = 1000;
const LIMIT_DECISION_US = 5;
const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2026, 2, 2);
const GOAL = goalId(1);

const experiment: Experiment = {
  id: experimentId(1),
  name: 'Replay',
  project: { id: projectId(1), name: 'Bench' },
  status: 'active',
  allocation: 'manual',
  isMultivariate: false,
  variations: [0, 1].map((place) => ({
    id: variationId(place),
    name: `Arm ${place}`,
    isOriginal: place === 0,
    weight: 0.5,
  })),
  goals: [{ id: GOAL, name: 'Order', kind: 'URL', hasMultipleConversions: false }],
  mainGoalId: GOAL,
  tags: [],
  startedAtMs: START_MS,
  endedAtMs: null,
  statusChangedAtMs: null,
  splitChangedAtMs: null,
};

/** Rates that come near the limit again and again, so that calls are made, shaken and withdrawn on the way. */
const looks: Look[] = Array.from({ length: LOOKS }, (_, at) => {
  const n = (at + 1) * 40;
  const lift = 0.08 * Math.sin(at / 700);
  return {
    source: 'live',
    snapshot: {
      experimentId: experiment.id,
      asOfMs: START_MS + (at + 1) * (HOUR_MS / 4),
      unit: 'visitors',
      arms: [0.05, 0.05 * (1 + lift)].map((rate, place) => {
        const converted = Math.round(n * rate);
        const platform = { rate: null, lift: null, reliability: null };
        return {
          variationId: variationId(place),
          visitors: n,
          visits: Math.ceil(n * 1.3),
          goals: { [GOAL]: { conversions: converted, converted, revenue: null, platform } },
        };
      }),
    },
  };
});

const cpuMs = (work: () => void): number => {
  const before = process.cpuUsage();
  work();
  return process.cpuUsage(before).user / 1000;
};
const median = (values: number[]): number =>
  values.sort((a, b) => a - b)[values.length >> 1] ?? NaN;
const rounds = (work: () => void): number =>
  median(Array.from({ length: ROUNDS }, () => cpuMs(work)));

const replay = () => rebuildHistory(experiment, looks, DEFAULT_METHOD, 'visitors');
const text = JSON.stringify(looks);
const parseMs = rounds(() => void JSON.parse(text));
const first = JSON.stringify(replay());
const replayMs = rounds(() => void replay());
const isSame = first === JSON.stringify(replay());

const family: Family = {
  ids: ['0', '1'],
  reference: 0,
  weights: [0.5, 0.5],
  alpha: 0.05,
  better: 'higher',
  startedAtMs: START_MS,
  settings: DEFAULT_SETTINGS,
};
const counts = looks.map(({ snapshot }) => ({
  atMs: snapshot.asOfMs,
  arms: snapshot.arms.map(({ visitors, goals }) => ({
    n: visitors,
    x: goals[GOAL]?.converted ?? 0,
  })),
}));
const REPEAT = 10;
const perLookUs = (work: (look: (typeof counts)[number]) => unknown): number =>
  (rounds(() => {
    for (let again = 0; again < REPEAT; again += 1) for (const look of counts) work(look);
  }) *
    1000) /
  (LOOKS * REPEAT);
const none = { n: 0, x: 0 };
const zTestUs = perLookUs(({ arms }) => twoProportionTest(arms[0] ?? none, arms[1] ?? none)?.p);
const decideUs = perLookUs((look) => decide(family, look));
const judgeUs = perLookUs((look) => judgeLook(family, NO_MEMORY, look));

const calls = (JSON.parse(first) as { calls: { events: unknown[] }[] }).calls;
process.stdout.write(
  [
    `replay of ${LOOKS} looks: ${replayMs.toFixed(0)} ms (reading them from JSON: ${parseMs.toFixed(0)} ms, ratio ${(replayMs / parseMs).toFixed(1)}); limit ${LIMIT_REPLAY_MS} ms`,
    `  ${calls.length} calls with ${calls.reduce((sum, call) => sum + call.events.length, 0)} events; two replays ${isSame ? 'agree bit for bit' : 'DIFFER'}`,
    `decision on one look: ${decideUs.toFixed(2)} us, with split check and calls ${judgeUs.toFixed(2)} us (fixed z-test: ${zTestUs.toFixed(2)} us, ratios ${(decideUs / zTestUs).toFixed(1)} and ${(judgeUs / zTestUs).toFixed(1)}); limit ${LIMIT_DECISION_US} us`,
    '',
  ].join('\n'),
);
process.exitCode = isSame && replayMs <= LIMIT_REPLAY_MS && decideUs <= LIMIT_DECISION_US ? 0 : 1;
