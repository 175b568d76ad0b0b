import 'server-only';

import { setMaxListeners } from 'node:events';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { Clock } from '@/lib/core/time/clock';
import { apiAddress } from '@/lib/server/config/api-address';
import type { Budget, BudgetLimits, BudgetMemory } from '@/lib/server/kameleoon/budget';
import { createBudget } from '@/lib/server/kameleoon/create-budget';
import type { Call } from '@/lib/server/kameleoon/call';
import { createCall } from '@/lib/server/kameleoon/call';
import type { GuardedTransport } from '@/lib/server/kameleoon/guard';
import { guardTransport } from '@/lib/server/kameleoon/guard';
import type { JobTime } from '@/lib/server/kameleoon/job-time';
import { createJobTime } from '@/lib/server/kameleoon/job-time';
import type { Pages } from '@/lib/server/kameleoon/pages';
import { createPages } from '@/lib/server/kameleoon/pages';
import type { JobResult, ResultsJobRequest } from '@/lib/server/kameleoon/results-job';
import { createResultsJob } from '@/lib/server/kameleoon/results-job';
import type { RetryBudget } from '@/lib/server/kameleoon/retry-budget';
import { createRetryBudget } from '@/lib/server/kameleoon/retry-budget';
import type { TokenContext, TokenSource } from '@/lib/server/kameleoon/token';
import { createTokenSource } from '@/lib/server/kameleoon/token';
import { createOAuth } from '@/lib/server/kameleoon/tokens/oauth';
import { createTransport } from '@/lib/server/kameleoon/transport';
import type { UpstreamClock } from '@/lib/server/kameleoon/upstream-clock';
import { createUpstreamClock } from '@/lib/server/kameleoon/upstream-clock';

export interface ConnectionOptions {
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
  /** Told before each wire request, tokens and retries included. */
  readonly onSent?: (request: { readonly method: string; readonly path: string }) => void;
  /** Where tokens come from; the client's own credentials by default. */
  readonly tokens?: (context: TokenContext) => TokenSource;
}

/** One credential's way to the API: whatever is built on it shares its budget, its token and what it learns. */
export interface Connection {
  readonly call: Call;
  readonly pages: Pages;
  readonly runJob: (request: ResultsJobRequest) => Promise<JobResult>;
  readonly jobTime: JobTime;
  readonly budget: Budget;
  readonly transport: GuardedTransport;
  readonly retries: RetryBudget;
  readonly upstreamClock: UpstreamClock;
}

/** Secrets that may still be on their way in somebody's message: a code, and two pairs of tokens. */
const REMEMBERED = 6;

export function createConnection(options: ConnectionOptions): Connection {
  const { clock, clientId, clientSecret, fetch, limits, memory, onSent } = options;
  const { random = Math.random, tokens: toTokens = createTokenSource } = options;
  const address = apiAddress(options.baseUrl);
  if (!address.ok)
    throw new ProblemError(
      toProblem('invalid-input', `KAMELEOON_API_URL ${address.fault}; ${address.fix}`, {
        field: 'KAMELEOON_API_URL',
      }),
    );

  let secrets: readonly string[] = [];
  const upstreamClock = createUpstreamClock(clock);
  const budget = createBudget({ clock, ...(limits && { limits }), ...(memory && { memory }) });
  const wire = createTransport({
    baseUrl: address.url,
    fetch,
    clock,
    budget,
    upstreamClock,
    secrets: () => [clientSecret, ...secrets],
    signal: stopSignal(options.signal),
    onSent,
  });
  const transport = guardTransport(wire, { clock, upstreamClock });
  const retries = createRetryBudget({ clock });
  const attempts = { clock, upstreamClock, random, retries };
  const oauth = createOAuth({
    ...attempts,
    transport,
    clientId,
    clientSecret,
    onSecret: (secret) => {
      secrets = [secret, ...secrets.filter((known) => known !== secret)].slice(0, REMEMBERED);
    },
  });
  const call = createCall({ ...attempts, transport, tokens: toTokens({ clock, oauth }) });
  const jobTime = createJobTime(options.expectedJobMs);
  return {
    call,
    pages: createPages({ call, clock }),
    runJob: createResultsJob({ call, clock, jobTime }),
    jobTime,
    budget,
    transport,
    retries,
    upstreamClock,
  };
}

/** Everybody who waits listens to it: many listeners are no leak here. */
function stopSignal(signal: AbortSignal | undefined): AbortSignal {
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal);
  if (signal?.aborted) stopping.abort();
  signal?.addEventListener('abort', () => stopping.abort(), { once: true });
  return stopping.signal;
}
