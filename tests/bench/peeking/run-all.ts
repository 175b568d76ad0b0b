import { Worker } from 'node:worker_threads';
import type { Scale } from '@/tests/bench/peeking/registry';
import { registry } from '@/tests/bench/peeking/registry';
import { CHUNK } from '@/tests/bench/peeking/run-chunk';
import type { Tally } from '@/tests/bench/peeking/tally';
import { merge } from '@/tests/bench/peeking/tally';
import type { Order, Setup } from '@/tests/bench/peeking/worker';

/** Tallies by scenario and seat. */
export type Results = ReadonlyMap<string, Readonly<Record<string, Tally>>>;

export interface RunAll {
  readonly scale: Scale;
  readonly seed: number;
  readonly ids: readonly string[];
  readonly workers: number;
  /** Told as each scenario is done. */
  readonly onDone: (id: string) => void;
}

/** Runs scenarios chunk by chunk on worker threads; the outcome does not depend on their number. */
export async function runAll({ scale, seed, ids, workers, onDone }: RunAll): Promise<Results> {
  const jobs = registry(scale);
  const results = new Map<string, Record<string, Tally>>();
  const left = new Map<string, number>();
  const orders: Order[] = [];
  for (const id of ids) {
    const experiments = jobs.get(id)?.experiments ?? 0;
    const chunks = Math.ceil(experiments / CHUNK);
    left.set(id, chunks);
    for (let chunk = 0; chunk < chunks; chunk += 1)
      orders.push({ id, chunk, experiments: Math.min(CHUNK, experiments - chunk * CHUNK) });
  }
  let next = 0;
  const take = ({ id }: Order, tallies: Record<string, Tally>): void => {
    const known = results.get(id) ?? {};
    for (const [seat, tally] of Object.entries(tallies)) merge((known[seat] ??= {}), tally);
    results.set(id, known);
    const rest = (left.get(id) ?? 0) - 1;
    left.set(id, rest);
    if (rest === 0) onDone(id);
  };
  const setup: Setup = { scale, seed };
  const serve = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./worker.mjs', import.meta.url), {
        workerData: setup,
        execArgv: ['--conditions=react-server'],
      });
      let current: Order | undefined;
      const give = (): void => {
        current = orders[next];
        next += 1;
        if (current === undefined) void worker.terminate().then(() => resolve());
        else worker.postMessage(current);
      };
      worker.on('message', (tallies: Record<string, Tally>) => {
        if (current !== undefined) take(current, tallies);
        give();
      });
      worker.on('error', reject);
      give();
    });
  await Promise.all(Array.from({ length: workers }, serve));
  return results;
}
