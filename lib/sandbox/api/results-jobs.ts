import { createHash } from 'node:crypto';
import { MINUTE_MS } from '@/lib/sandbox/clock';
import { mix, Random } from '@/lib/sandbox/world/random';

/** How long a finished report stays readable. */
const KEPT_MS = 10 * MINUTE_MS;
/** Waiting time: lognormal, median 1.2 s, 95 % within 2.2 s. */
const MEDIAN_MS = 1_200;
const SPREAD = Math.log(2_200 / MEDIAN_MS) / 1.645;

interface Job {
  readonly readyMs: number;
  /** Computed when first read; what it counts was settled when it was asked for. */
  readonly compute: () => unknown;
  data?: unknown;
}

export interface ResultsJobs {
  /** Takes a job in and returns its code: 77 decimal digits, a string by necessity. */
  start(compute: () => unknown, nowMs: number): string;
  /** The envelope of a poll; undefined when the code is unknown or too old. */
  poll(dataCode: string, nowMs: number): Envelope | undefined;
}

export type Envelope =
  { readonly status: 'WAITING' } | { readonly status: 'READY'; readonly data: unknown };

export function createResultsJobs(seed: number, startedMs: number): ResultsJobs {
  const jobs = new Map<string, Job>();
  let started = 0;

  function forgetOld(nowMs: number): void {
    for (const [code, job] of jobs) if (nowMs > job.readyMs + KEPT_MS) jobs.delete(code);
  }

  return {
    start: (compute, nowMs) => {
      forgetOld(nowMs);
      started += 1;
      const dataCode = toDataCode(`${seed}:${startedMs}:${started}`);
      const normal = new Random(mix(mix(seed, startedMs), started)).normal();
      const readyMs = nowMs + MEDIAN_MS * Math.exp(SPREAD * normal);
      jobs.set(dataCode, { readyMs, compute });
      return dataCode;
    },
    poll: (dataCode, nowMs) => {
      forgetOld(nowMs);
      const job = jobs.get(dataCode);
      if (job === undefined) return undefined;
      if (nowMs < job.readyMs) return { status: 'WAITING' };
      job.data ??= job.compute();
      return { status: 'READY', data: job.data };
    },
  };
}

function toDataCode(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `8${BigInt(`0x${hex}`).toString().padStart(78, '0').slice(-76)}`;
}
