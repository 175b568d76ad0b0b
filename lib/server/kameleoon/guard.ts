import 'server-only';

import type { Clock } from '@/lib/core/time/clock';
import type { Breaker, BreakerState, CallOutcome } from '@/lib/server/kameleoon/breaker';
import { createBreaker } from '@/lib/server/kameleoon/breaker';
import type { Endpoint } from '@/lib/server/kameleoon/endpoint';
import { toEndpoint } from '@/lib/server/kameleoon/endpoint';
import type { Failure } from '@/lib/server/kameleoon/failure';
import type { Transport, WireOutcome, WireRequest } from '@/lib/server/kameleoon/transport';
import type { UpstreamClock } from '@/lib/server/kameleoon/upstream-clock';

export interface GuardedTransport extends Transport {
  breakers(): Readonly<Record<Endpoint, BreakerState>>;
}

/** A transport with a breaker for each part of the API. What is not sent fails with the cause known from the last try. */
export function guardTransport(
  transport: Transport,
  { clock, upstreamClock }: { readonly clock: Clock; readonly upstreamClock: UpstreamClock },
): GuardedTransport {
  const guards: Readonly<Record<Endpoint, Breaker>> = {
    token: createBreaker({ clock }),
    lists: createBreaker({ clock }),
    results: createBreaker({ clock }),
  };
  const lastFailures = new Map<Endpoint, Failure>();

  const refuse = (endpoint: Endpoint, waitMs: number): WireOutcome => {
    const failure = lastFailures.get(endpoint);
    if (!failure) throw new Error(`the breaker of ${endpoint} opened without a failure`);
    return {
      ok: false,
      failure: {
        problem: { ...failure.problem, retryAtMs: upstreamClock.nowMs() + Math.ceil(waitMs) },
        status: null,
        retryAfterMs: null,
        wasSent: false,
      },
    };
  };

  return {
    async send(request) {
      const endpoint = toEndpoint(request.path);
      const arrivedMs = clock.monotonicMs();
      const passage = await guards[endpoint].enter();
      if (passage.kind === 'refused') return refuse(endpoint, passage.waitMs);
      const waitedMs = clock.monotonicMs() - arrivedMs;
      const outcome = await transport.send(toSent(request, passage.isProbe, waitedMs));
      const judged = judge(outcome);
      if (!outcome.ok && judged === 'failed') lastFailures.set(endpoint, outcome.failure);
      passage.done(judged);
      return outcome;
    },
    breakers: () => ({
      token: guards.token.state(),
      lists: guards.lists.state(),
      results: guards.results.state(),
    }),
  };
}

/** All others wait for a probe, so it must not queue behind the pace of background work. */
const toSent = (request: WireRequest, isProbe: boolean, waitedMs: number): WireRequest => ({
  ...request,
  ...(isProbe && request.lane !== 'auth' && { lane: 'interactive' }),
  maxWaitMs: Math.max(0, request.maxWaitMs - waitedMs),
});

/** A 4xx or 429 is an answer; a 5xx, an error with status 200, nonsense and silence are not. */
function judge(outcome: WireOutcome): CallOutcome {
  if (outcome.ok) return 'good';
  const { status, wasSent } = outcome.failure;
  if (!wasSent) return 'unknown';
  return status !== null && status >= 400 && status < 500 ? 'good' : 'failed';
}
