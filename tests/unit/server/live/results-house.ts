import { afterEach } from 'vitest';
import type { Experiment } from '@/lib/core/experiment/experiment';
import { connectionId } from '@/lib/core/experiment/ids';
import type { Results } from '@/lib/server/live/results';
import { createResults } from '@/lib/server/live/create-results';
import type { Store } from '@/lib/server/store/open-store';
import { openStore } from '@/lib/server/store/open-store';
import { silentLog } from '@/tests/fakes/log';
import { createFakeClock } from '../../../fakes/clock';
import type { FakeClock } from '../../../fakes/clock';
import type { FakeClient } from './fake-client';
import { anExperiment, createFakeClient } from './fake-client';

export const MINUTE_MS = 60_000;
const MAIN = connectionId('main');

export interface House {
  readonly clock: FakeClock;
  readonly client: FakeClient;
  readonly store: Store;
  readonly results: Results;
}

/** Closed after each test. */
export const open: Results[] = [];
afterEach(async () => {
  for (const results of open.splice(0)) await results.stop();
});

/** A house under a fake clock; `random` is fixed so that every run is the same. */
export async function aHouse(experiments: Experiment[], more: Partial<House> = {}): Promise<House> {
  const clock = more.clock ?? createFakeClock();
  const client = more.client ?? createFakeClient(clock, experiments);
  const store = more.store ?? (await openStore({ dir: ':memory:' }));
  const random = () => 0.5;
  const results = createResults({
    connectionId: MAIN,
    client,
    store,
    clock,
    log: silentLog,
    random,
  });
  open.push(results);
  await results.start();
  return { clock, client, store, results };
}

export const fourteen = (): Experiment[] =>
  Array.from({ length: 14 }, (_, at) => anExperiment(at + 1));
