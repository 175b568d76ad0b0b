import 'server-only';

import type { z } from 'zod';
import { isProblemError, ProblemError, toProblem } from '@/lib/core/problem/problem';
import { addressFault, toAddress } from '@/lib/server/kameleoon/address';
import type { AttemptsContext, WireAnswer } from '@/lib/server/kameleoon/attempts';
import { makeAttempts } from '@/lib/server/kameleoon/attempts';
import type { Lane } from '@/lib/server/kameleoon/budget';
import type { Priority } from '@/lib/server/kameleoon/client';
import type { Failure } from '@/lib/server/kameleoon/failure';
import { isUnprocessed } from '@/lib/server/kameleoon/failure';
import type { Expected } from '@/lib/server/kameleoon/read-answer';
import { createTokenDoubt } from '@/lib/server/kameleoon/token-doubt';
import type { TokenSource } from '@/lib/server/kameleoon/token';
import type { Method, Transport } from '@/lib/server/kameleoon/transport';
import { asUncertain } from '@/lib/server/kameleoon/uncertain';

export interface CallRequest<Value> {
  readonly method: Method;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** What a 2xx is made of; JSON by default. */
  readonly expects?: Expected;
  readonly schema: z.ZodType<Value>;
  readonly priority: Priority;
  /** Fires when a person begins to wait for it. */
  readonly raised?: AbortSignal | undefined;
  /** Fires when nobody wants it any more: what is not sent by then is not sent. */
  readonly signal?: AbortSignal | undefined;
  /** A further step of work already begun: does not wait for the background pace. */
  readonly started?: boolean;
  /**
   * It must not happen twice: repeated only where the API surely did nothing; where it may have, `write-uncertain`.
   * The words say what to look at before trying again.
   */
  readonly once?: string;
  /** Goes with this token instead of the connection's, and is not renewed. */
  readonly bearer?: string | undefined;
  /** Per try; 10 s unless the resource is known to be slow. */
  readonly timeoutMs?: number;
  /** For all tries; 20 s for a person, 60 s for background work. */
  readonly deadlineMs?: number;
  /** Told of each wire request of this call (not of a token's, which is everybody's). */
  readonly onSent?: (() => void) | undefined;
}

export interface CallAnswer<Value> {
  readonly value: Value;
  readonly headers: Headers;
  /** Upstream time when the answered try went out. */
  readonly sentAtMs: number;
}

/** An authorised call: token, tries, schema. All failures are `ProblemError`. */
export type Call = <Value>(request: CallRequest<Value>) => Promise<CallAnswer<Value>>;

const TRY_TIMEOUT_MS = 10_000;
const DEADLINE_MS: Readonly<Record<Priority, number>> = { interactive: 20_000, background: 60_000 };

export interface CallOptions extends AttemptsContext {
  readonly transport: Transport;
  readonly tokens: TokenSource;
}

export function createCall(options: CallOptions): Call {
  const { transport, tokens, clock } = options;
  const doubt = createTokenDoubt({ clock });
  const isTokenAtFault = ({ status }: Failure, path: string): boolean =>
    status === 401 || (status === 403 && doubt.onForbidden(path));

  return async (request) => {
    const { method, path, query, schema, priority, once, bearer, signal } = request;
    const asked = `${method} ${path}`;
    const fault = addressFault(asked, toAddress(path, query));
    if (fault) throw new ProblemError(fault);
    const deadlineMs = request.deadlineMs ?? DEADLINE_MS[priority];

    const sendWith = (token: string, lane: Lane, remainingMs: number) =>
      transport.send({
        method,
        path,
        query,
        body:
          request.json === undefined
            ? undefined
            : { contentType: 'application/json', text: JSON.stringify(request.json) },
        authorization: `Bearer ${token}`,
        expects: request.expects,
        lane,
        raised: request.raised,
        signal,
        maxWaitMs: Math.max(0, remainingMs),
        timeoutMs: Math.max(1, Math.min(request.timeoutMs ?? TRY_TIMEOUT_MS, remainingMs)),
        onSent: request.onSent,
      });

    let renewed = false;
    let last: Failure | null = null;
    const attempt = async (count: number, remainingMs: number) => {
      const sinceMs = clock.monotonicMs();
      const left = (): number => remainingMs - (clock.monotonicMs() - sinceMs);
      const token = bearer ?? (await tokens.read());
      const begun = request.started === true || count > 1;
      const outcome = await sendWith(token, laneOf(priority, begun), left());
      if (bearer !== undefined) return outcome;
      if (outcome.ok) doubt.onGood();
      if (outcome.ok || renewed || !isTokenAtFault(outcome.failure, path)) return outcome;
      renewed = true;
      return sendWith(await tokens.renew(token), laneOf(priority, true), left());
    };
    const attempts = { deadlineMs, isOnce: once !== undefined, signal };

    let answer: WireAnswer;
    try {
      answer = await makeAttempts(options, attempts, async (count, remainingMs) => {
        const outcome = await attempt(count, remainingMs);
        if (outcome.ok) return outcome;
        const { failure } = outcome;
        // What an unanswered try may have deleted is not there for the next one: that is what was wanted.
        const isGone = method === 'DELETE' && failure.status === 404;
        if (isGone && last && !isUnprocessed(last)) return nothing(options.upstreamClock.nowMs());
        last = failure;
        return outcome;
      });
    } catch (error) {
      // Where the token's own request failed, ours was never sent.
      throw once !== undefined && isProblemError(error) ? asUncertain(error, once, last) : error;
    }

    const parsed = schema.safeParse(answer.body);
    if (parsed.success)
      return { value: parsed.data, headers: answer.headers, sentAtMs: answer.sentAtMs };
    // Where it does not fit, without the value: that may be anything.
    const where = parsed.error.issues[0]?.path.map(String).join('.').slice(0, 120);
    const misfit = `${asked}: the answer does not fit its form${where ? ` at ${where}` : ''}`;
    throw new ProblemError(
      once === undefined
        ? toProblem('upstream-unreadable', misfit)
        : toProblem('write-uncertain', `${misfit}; ${once}`),
    );
  };
}

const nothing = (sentAtMs: number): WireAnswer => ({
  ok: true,
  body: null,
  headers: new Headers(),
  sentAtMs,
});

const laneOf = (priority: Priority, begun: boolean): Lane =>
  priority === 'interactive' ? 'interactive' : begun ? 'started' : 'background';
