import 'server-only';

import type { Problem } from '@/lib/core/problem/problem';
import { toProblem } from '@/lib/core/problem/problem';
import type { Clock } from '@/lib/core/time/clock';
import { toAddress } from '@/lib/server/kameleoon/address';
import type { Budget, Lane } from '@/lib/server/kameleoon/budget';
import type { Failure } from '@/lib/server/kameleoon/failure';
import { observeAnswer } from '@/lib/server/kameleoon/observe-answer';
import type { Expected } from '@/lib/server/kameleoon/read-answer';
import { readAnswer } from '@/lib/server/kameleoon/read-answer';
import { parseRetryAfter, throttleHoldMs } from '@/lib/server/kameleoon/retry';
import type { UpstreamClock } from '@/lib/server/kameleoon/upstream-clock';
import { faultOf, isNoConnection } from '@/lib/server/kameleoon/wire-fault';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface WireRequest {
  readonly method: Method;
  /** From the base address on, without a query: it appears in messages. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>> | undefined;
  readonly body?: { readonly contentType: string; readonly text: string } | undefined;
  readonly authorization?: string | undefined;
  /** What a 2xx is made of; JSON by default. */
  readonly expects?: Expected | undefined;
  readonly lane: Lane;
  /** Fires when a person begins to wait for it. */
  readonly raised?: AbortSignal | undefined;
  /** Fires when nobody wants it any more: what is not sent by then is not sent. */
  readonly signal?: AbortSignal | undefined;
  /** Longest wait for the budget. */
  readonly maxWaitMs: number;
  /** From sending to the last byte of the answer. */
  readonly timeoutMs: number;
  /** Told of each request that goes out. */
  readonly onSent?: (() => void) | undefined;
}

export type WireOutcome =
  | {
      readonly ok: true;
      /** Of a 2xx answer, not yet checked: parsed JSON, or what was expected instead. */
      readonly body: unknown;
      readonly headers: Headers;
      /** Upstream time when the request went out. */
      readonly sentAtMs: number;
    }
  | { readonly ok: false; readonly failure: Failure };

export interface Transport {
  /** One try of one request. Failures are values; it never throws. */
  send(request: WireRequest): Promise<WireOutcome>;
}

export interface TransportOptions {
  /** As `apiAddress` gave it. */
  readonly baseUrl: string;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly budget: Budget;
  readonly upstreamClock: UpstreamClock;
  /** What must never be repeated: client secret, tokens. */
  readonly secrets: () => readonly string[];
  /** Aborted when the process stops. */
  readonly signal?: AbortSignal | undefined;
  /** Told of every request that goes out, whoever asked. */
  readonly onSent?: ((request: Pick<WireRequest, 'method' | 'path'>) => void) | undefined;
}

export function createTransport(options: TransportOptions): Transport {
  const { clock, budget, upstreamClock } = options;

  const secretsOf = ({ authorization }: WireRequest): string[] => {
    const own = authorization?.split(' ')[1];
    return [...options.secrets(), ...(own === undefined ? [] : [own])];
  };

  /** A request that has passed the budget, and its answer. */
  const exchange = async (
    request: WireRequest,
    asked: string,
    signal: AbortSignal,
  ): Promise<WireOutcome> => {
    const sentMs = clock.monotonicMs();
    const response = await options.fetch(
      `${options.baseUrl}${toAddress(request.path, request.query)}`,
      toInit(request, signal),
    );
    const { status, headers } = response;
    budget.observed(observeAnswer(response));
    const date = headers.get('date');
    // A cache's answer carries the date of another moment.
    if (!headers.has('age')) upstreamClock.learn(date, sentMs, clock.monotonicMs());
    // Told by the clock as it is known now: the first answer of all is what sets it.
    const sentAtMs = upstreamClock.nowMs() - (clock.monotonicMs() - sentMs);
    const retryAfter = headers.get('retry-after');
    const retryAfterMs = parseRetryAfter(retryAfter, date, upstreamClock.nowMs());
    if (status === 429) budget.throttled(throttleHoldMs(retryAfterMs, 1));

    const answer = await readAnswer(response, asked, secretsOf(request), request.expects);
    if (answer.ok) return { ok: true, body: answer.body, headers, sentAtMs: Math.round(sentAtMs) };
    return {
      ok: false,
      failure: { problem: answer.problem, status, retryAfterMs, wasSent: true },
    };
  };

  return {
    async send(request) {
      const asked = `${request.method} ${request.path}`;
      const { lane, maxWaitMs, raised } = request;
      const signal = either(options.signal, request.signal);
      const admission = await budget.acquire({ lane, maxWaitMs, raised, signal });
      if (admission.kind === 'cancelled')
        return unanswered(
          false,
          request.signal?.aborted === true
            ? toProblem('given-up', `${asked}: given up before it was sent`)
            : toProblem('upstream-unreachable', `${asked}: not sent, the process is stopping`),
        );
      if (admission.kind === 'spent') {
        const seconds = Math.ceil(admission.waitMs / 1000);
        return unanswered(
          false,
          toProblem(
            'budget-spent',
            `${asked}: not sent, our request budget is spent for another ${seconds} s`,
            { retryAtMs: upstreamClock.nowMs() + Math.ceil(admission.waitMs) },
          ),
        );
      }
      request.onSent?.();
      options.onSent?.({ method: request.method, path: request.path });
      const limit = startLimit(clock, request.timeoutMs, options.signal);
      try {
        const answer = exchange(request, asked, limit.signal);
        // The loser of the race may still reject; nobody else listens to it.
        answer.catch(() => {});
        return await Promise.race([answer, limit.exceeded]);
      } catch (error) {
        const why =
          error instanceof TimedOut ? `no answer within ${request.timeoutMs} ms` : faultOf(error);
        const problem = toProblem('upstream-unreachable', `${asked}: ${why}`);
        return unanswered(true, problem, isNoConnection(error));
      } finally {
        limit.end();
        admission.release();
      }
    },
  };
}

const unanswered = (wasSent: boolean, problem: Problem, neverArrived = false): WireOutcome => ({
  ok: false,
  failure: { problem, status: null, retryAfterMs: null, wasSent, neverArrived },
});

const either = (
  one: AbortSignal | undefined,
  other: AbortSignal | undefined,
): AbortSignal | undefined => (one && other ? AbortSignal.any([one, other]) : (one ?? other));

const toInit = (
  { method, body, authorization }: WireRequest,
  signal: AbortSignal,
): RequestInit => ({
  method,
  headers: {
    accept: 'application/json',
    ...(body && { 'content-type': body.contentType }),
    ...(authorization !== undefined && { authorization }),
  },
  ...(body && { body: body.text }),
  // A redirect would be a request nobody counted, to an address nobody checked.
  redirect: 'manual',
  cache: 'no-store',
  signal,
});

class TimedOut extends Error {}

/** Ends a request that takes too long, or outlives the process. */
function startLimit(clock: Clock, timeoutMs: number, outer: AbortSignal | undefined) {
  const abort = new AbortController();
  const stop = (): void => abort.abort();
  outer?.addEventListener('abort', stop);
  let cancelTimer = (): void => {};
  const exceeded = new Promise<never>((_, reject) => {
    cancelTimer = clock.setTimer(() => {
      reject(new TimedOut());
      abort.abort();
    }, timeoutMs);
  });
  const end = (): void => {
    cancelTimer();
    outer?.removeEventListener('abort', stop);
  };
  return { signal: abort.signal, exceeded, end };
}
