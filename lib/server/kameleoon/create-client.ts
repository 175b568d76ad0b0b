import 'server-only';

import { setMaxListeners } from 'node:events';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { Clock } from '@/lib/core/time/clock';
import { apiAddress } from '@/lib/server/config/api-address';
import type { BudgetLimits, BudgetMemory } from '@/lib/server/kameleoon/budget';
import { createBudget } from '@/lib/server/kameleoon/create-budget';
import { createCall } from '@/lib/server/kameleoon/call';
import { createReadCatalogue } from '@/lib/server/kameleoon/catalogue';
import type { KameleoonClient } from '@/lib/server/kameleoon/client';
import { createJobTime } from '@/lib/server/kameleoon/job-time';
import { createLabels } from '@/lib/server/kameleoon/labels';
import { createPages } from '@/lib/server/kameleoon/pages';
import { createReadReport } from '@/lib/server/kameleoon/report';
import { guardTransport } from '@/lib/server/kameleoon/guard';
import { createRetryBudget } from '@/lib/server/kameleoon/retry-budget';
import { createResultsJob } from '@/lib/server/kameleoon/results-job';
import { createTokenSource } from '@/lib/server/kameleoon/token';
import { createTransport } from '@/lib/server/kameleoon/transport';
import { createUpstreamClock } from '@/lib/server/kameleoon/upstream-clock';
import { createReadNames } from '@/lib/server/kameleoon/variation-names';

export interface KameleoonClientOptions {
  /** HTTPS, or loopback over HTTP; anything else throws `invalid-input` in one line that names the variable. */
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  /** 0 to 1, exclusive; for the jitter of retries. */
  readonly random?: () => number;
  readonly limits?: BudgetLimits;
  /** What an earlier process had learnt of the time from POST to READY, milliseconds. */
  readonly expectedJobMs?: number | undefined;
  /** What earlier processes spent on this credential; without it the windows are taken to be empty. */
  readonly memory?: BudgetMemory;
  /** Aborted when the process stops: what is under way ends, what waits is not sent. */
  readonly signal?: AbortSignal;
}

/** One client per credential: it owns the credential's token and budget. */
export function createKameleoonClient(options: KameleoonClientOptions): KameleoonClient {
  const { clock, clientId, clientSecret, fetch, limits, memory, signal } = options;
  const { random = Math.random } = options;
  const address = apiAddress(options.baseUrl);
  if (!address.ok)
    throw new ProblemError(
      toProblem('invalid-input', `KAMELEOON_API_URL ${address.fault}; ${address.fix}`, {
        field: 'KAMELEOON_API_URL',
      }),
    );

  // Everybody who waits listens to it: many listeners are no leak here.
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal);
  if (signal?.aborted) stopping.abort();
  signal?.addEventListener('abort', () => stopping.abort(), { once: true });

  // The token before this one may still be on its way in somebody's message.
  let tokens: readonly string[] = [];
  const upstreamClock = createUpstreamClock(clock);
  const budget = createBudget({ clock, ...(limits && { limits }), ...(memory && { memory }) });
  const wire = createTransport({
    baseUrl: address.url,
    fetch,
    clock,
    budget,
    upstreamClock,
    secrets: () => [clientSecret, ...tokens],
    signal: stopping.signal,
  });
  const transport = guardTransport(wire, { clock, upstreamClock });
  const retries = createRetryBudget({ clock });
  const attempts = { clock, upstreamClock, random, retries };
  const tokenSource = createTokenSource({
    ...attempts,
    transport,
    clientId,
    clientSecret,
    onToken: (token) => {
      tokens = [token, ...tokens].slice(0, 2);
    },
  });
  const call = createCall({ ...attempts, transport, tokens: tokenSource });
  const pages = createPages({ call, clock });
  const jobTime = createJobTime(options.expectedJobMs);

  return {
    readCatalogue: createReadCatalogue({ call, pages, labels: createLabels({ pages, clock }) }),
    readNames: createReadNames({ call, pages }),
    readReport: createReadReport({
      runJob: createResultsJob({ call, clock, jobTime }),
      nowMs: () => upstreamClock.nowMs(),
    }),
    upstreamNowMs: () => upstreamClock.nowMs(),
    budget: () => budget.use(),
    line: () => ({ breakers: transport.breakers(), retries: retries.use() }),
    expectedJobMs: () => Math.round(jobTime.estimateMs()),
  };
}
