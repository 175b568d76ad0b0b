import { createHash } from 'node:crypto';
import type { JobOwner } from '@/lib/sandbox/api/visible';
import { MINUTE_MS } from '@/lib/sandbox/clock';
import { mix, Random } from '@/lib/sandbox/world/random';

/** How long a finished report stays readable. */
const KEPT_MS = 10 * MINUTE_MS;
/** Waiting time: lognormal, median 1.2 s, 95 % within 2.2 s. */
const MEDIAN_MS = 1_200;
const SPREAD = Math.log(2_200 / MEDIAN_MS) / 1.645;

/** Something to be counted, and whose it is. */
export interface JobOrder extends JobOwner {
  /** Called when first read; what it counts was settled when it was asked for. */
  readonly compute: () => unknown;
  /** `never`: it stays waiting. `error`: it ends without results. Default: it gets ready. */
  readonly fate?: 'ready' | 'never' | 'error';
}

interface Job extends JobOrder {
  readonly readyMs: number;
  readonly forgetMs: number;
  data?: unknown;
}

export interface ResultsJobs {
  /** Takes a job in and returns its code: 77 decimal digits, a string by necessity. */
  start(order: JobOrder, nowMs: number): string;
  /** The envelope of a poll; undefined when the code is unknown or too old. */
  poll(dataCode: string, nowMs: number): Envelope | undefined;
  /** Whose it is; undefined for an unknown code. */
  ownerOf(dataCode: string): JobOwner | undefined;
  /** Whose results they are; undefined for an unknown code. */
  experimentOf(dataCode: string): number | undefined;
  /** Forgets a job before its time. */
  drop(dataCode: string): void;
}

export type Envelope =
  | { readonly status: 'WAITING' }
  | { readonly status: 'READY'; readonly data: unknown }
  | { readonly status: 'ERROR'; readonly message: string };

export function createResultsJobs(seed: number, startedMs: number): ResultsJobs {
  const jobs = new Map<string, Job>();
  let started = 0;

  function forgetOld(nowMs: number): void {
    for (const [code, job] of jobs) if (nowMs > job.forgetMs) jobs.delete(code);
  }

  return {
    start: (order, nowMs) => {
      forgetOld(nowMs);
      started += 1;
      const dataCode = toDataCode(`${seed}:${startedMs}:${started}`);
      const normal = new Random(mix(mix(seed, startedMs), started)).normal();
      const readyMs = nowMs + MEDIAN_MS * Math.exp(SPREAD * normal);
      jobs.set(dataCode, { ...order, readyMs, forgetMs: readyMs + KEPT_MS });
      return dataCode;
    },
    poll: (dataCode, nowMs) => {
      forgetOld(nowMs);
      const job = jobs.get(dataCode);
      if (job === undefined) return undefined;
      if (nowMs < job.readyMs || job.fate === 'never') return { status: 'WAITING' };
      if (job.fate === 'error') return { status: 'ERROR', message: 'Results not available.' };
      job.data ??= job.compute();
      return { status: 'READY', data: job.data };
    },
    ownerOf: (dataCode) => jobs.get(dataCode),
    experimentOf: (dataCode) => jobs.get(dataCode)?.experimentId,
    drop: (dataCode) => {
      jobs.delete(dataCode);
    },
  };
}

function toDataCode(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `8${BigInt(`0x${hex}`).toString().padStart(78, '0').slice(-76)}`;
}
