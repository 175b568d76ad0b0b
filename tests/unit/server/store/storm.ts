/**
 * A process that is made to be killed: opens a store as the app does and writes without pause, telling each thing on
 * standard output right after the store said that it is kept. `check` opens a store and tells all that is in it.
 */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import type { Call } from '@/lib/core/analysis/call';
import { startHistory } from '@/lib/core/analysis/history';
import { connectionId, experimentId, variationId } from '@/lib/core/experiment/ids';
import type { Snapshot } from '@/lib/core/experiment/snapshot';
import { DEFAULT_SETTINGS } from '@/lib/core/analysis/settings';
import type { Clock } from '@/lib/core/time/clock';
import { openLastingStore } from '@/lib/server/store/lasting-store';
import { STORE_FILE } from '@/lib/server/store/open-store';
import type { Store } from '@/lib/server/store/store';

const STORM = connectionId('storm');
const EXPERIMENTS = [1, 2, 3];
/** Its looks are let go of as soon as they are kept. */
const THINNED = 4;
/** What is older comes with an old store. */
const STORM_FROM_MS = 10_000;

const clock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  setTimer(task, delayMs) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};

/** A pipe takes it whole, and gives it also when this process is gone. */
function tell(line: string): void {
  for (;;) {
    try {
      writeSync(1, `${line}\n`);
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
    }
  }
}

const complain = (_fields: object, message: string): void => tell(`fault ${message}`);
const open = (dir: string): Promise<Store> =>
  openLastingStore({
    dir,
    clock,
    log: { debug() {}, info() {}, warn: complain, error: complain },
  });

const aSnapshot = (experiment: number, asOfMs: number): Snapshot => ({
  experimentId: experimentId(experiment),
  asOfMs,
  unit: 'visitors',
  arms: [0, 7].map((arm) => ({
    variationId: variationId(arm),
    visitors: asOfMs + arm,
    visits: asOfMs + arm,
    goals: {},
  })),
});
const aCall = (calledAtMs: number): Call => ({
  state: 'winner',
  variationId: variationId(7),
  calledAtMs,
  day: 8,
  unit: 'visitors',
  sinceMs: null,
  isFinal: false,
  confirmedAtMs: null,
  heldSinceMs: null,
  shakenAtMs: null,
  lowSinceMs: null,
  bestSinceMs: null,
  withdrawn: null,
  events: [],
});
const LOG = { experiment: experimentId(1), goal: null };

async function storm(dir: string, fromMs: number): Promise<never> {
  tell('opening');
  const store = await open(dir);
  tell('open');
  for (const experiment of EXPERIMENTS) {
    const wish = { settings: DEFAULT_SETTINGS, setBy: 'default', frozenAtMs: fromMs } as const;
    const { settings } = await store.plans.freeze(STORM, experimentId(experiment), wish);
    tell(`plan ${experiment} ${settings.plannedVisitors}`);
  }
  for (let asOfMs = fromMs; ; asOfMs += 1) {
    const keepLook = async (experiment: number): Promise<void> => {
      const snapshot = aSnapshot(experiment, asOfMs);
      await store.looks.add(STORM, { snapshot, source: experiment === 3 ? 'backfill' : 'live' });
      tell(`look ${experiment} ${asOfMs}`);
      await store.looks.setLatest(STORM, snapshot);
      tell(`latest ${experiment} ${asOfMs}`);
    };
    const keepAndDrop = async (at: number): Promise<void> => {
      await store.looks.add(STORM, { snapshot: aSnapshot(THINNED, at), source: 'live' });
      await store.looks.drop(STORM, experimentId(THINNED), [at]);
      tell(`dropped ${THINNED} ${at}`);
    };
    await Promise.all([
      ...EXPERIMENTS.map(keepLook),
      store.calls.set(STORM, LOG, [aCall(asOfMs)]).then(() => tell(`call ${asOfMs}`)),
      store.histories
        .set(STORM, experimentId(2), {
          history: { ...startHistory({ calls: [aCall(asOfMs)] }), lastAtMs: asOfMs },
          basis: String(asOfMs),
        })
        .then(() => tell(`history ${asOfMs}`)),
      store.citations
        .add(STORM, experimentId(3), [{ asOfMs, by: 'call' }])
        .then(() => tell(`citation ${asOfMs}`)),
      keepAndDrop(asOfMs),
      store.facts
        .set(STORM, 'expected-job-ms', { value: asOfMs, knownAtMs: asOfMs })
        .then(() => tell(`fact ${asOfMs}`)),
      store.requests
        .add(STORM, [{ atMs: asOfMs, isBackground: false }])
        .then(() => tell(`request ${asOfMs}`)),
    ]);
  }
}

async function check(dir: string): Promise<void> {
  const store = await open(dir);
  for (const experiment of [...EXPERIMENTS, THINNED])
    for (const { snapshot } of await store.looks.read(STORM, experimentId(experiment))) {
      tell(`look ${experiment} ${snapshot.asOfMs}`);
      const isOurs = snapshot.asOfMs >= STORM_FROM_MS;
      if (isOurs && snapshot.arms[1]?.visitors !== snapshot.asOfMs + 7)
        tell(`fault look ${experiment} ${snapshot.asOfMs} was changed`);
    }
  for (const { experimentId: id, asOfMs } of await store.looks.readLatest(STORM))
    tell(`latest ${id} ${asOfMs}`);
  for (const { calledAtMs } of await store.calls.read(STORM, LOG)) tell(`call ${calledAtMs}`);
  const history = await store.histories.find(STORM, experimentId(2));
  if (history && history.basis !== String(history.history.lastAtMs))
    tell('fault half a history was written');
  if (history) tell(`history ${history.basis}`);
  for (const asOfMs of await store.citations.read(STORM, experimentId(3)))
    tell(`citation ${asOfMs}`);
  for (const [id, { settings }] of await store.plans.read(STORM))
    tell(`plan ${id} ${settings.plannedVisitors}`);
  const fact = await store.facts.find(STORM, 'expected-job-ms');
  if (fact) tell(`fact ${fact.value}`);
  for (const { atMs } of await store.requests.read(STORM, 0)) tell(`request ${atMs}`);
  await store.close();
  const file = new Database(join(dir, STORE_FILE));
  tell(`integrity ${JSON.stringify(file.pragma('integrity_check'))}`);
  file.close();
  tell('checked');
}

const [, , task = '', dir = '', round = '0'] = process.argv;
void (task === 'check' ? check(dir) : storm(dir, STORM_FROM_MS + Number(round) * 1_000_000));
