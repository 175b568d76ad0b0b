import { parentPort, workerData } from 'node:worker_threads';
import type { Scale } from '@/tests/bench/peeking/registry';
import { registry } from '@/tests/bench/peeking/registry';

export interface Setup {
  readonly scale: Scale;
  readonly seed: number;
}

export interface Order {
  readonly id: string;
  readonly chunk: number;
  readonly experiments: number;
}

const { scale, seed } = workerData as Setup;
const jobs = registry(scale);

parentPort?.on('message', ({ id, chunk, experiments }: Order) => {
  const job = jobs.get(id);
  if (job === undefined) throw new Error(`no scenario ${id}`);
  parentPort?.postMessage(job.run(seed, chunk, experiments));
});
