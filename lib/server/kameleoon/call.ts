import 'server-only';

import type { z } from 'zod';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { AttemptsContext } from '@/lib/server/kameleoon/attempts';
import { makeAttempts } from '@/lib/server/kameleoon/attempts';
import type { Lane } from '@/lib/server/kameleoon/budget';
import type { Priority } from '@/lib/server/kameleoon/client';
import type { Failure } from '@/lib/server/kameleoon/failure';
import { createTokenDoubt } from '@/lib/server/kameleoon/token-doubt';
import type { TokenSource } from '@/lib/server/kameleoon/token';
import type { Transport } from '@/lib/server/kameleoon/transport';

export interface CallRequest<Value> {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly schema: z.ZodType<Value>;
  readonly priority: Priority;
  /** Fires when a person begins to wait for it. */
  readonly raised?: AbortSignal | undefined;
  /** A further step of work already begun: does not wait for the background pace. */
  readonly started?: boolean;
  /** Per try; 10 s unless the resource is known to be slow. */
  readonly timeoutMs?: number;
  /** For all tries; 20 s for a person, 60 s for background work. */
  readonly deadlineMs?: number;
  /** Told of each wire request of this call (not of a token's, which is everybody's). */
  readonly onSent?: () => void;
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
    const { method, path, schema, priority } = request;
    const deadlineMs = request.deadlineMs ?? DEADLINE_MS[priority];

    const sendWith = (token: string, lane: Lane, remainingMs: number) =>
      transport.send({
        method,
        path,
        query: request.query,
        body:
          request.json === undefined
            ? undefined
            : { contentType: 'application/json', text: JSON.stringify(request.json) },
        authorization: `Bearer ${token}`,
        lane,
        raised: request.raised,
        maxWaitMs: Math.max(0, remainingMs),
        timeoutMs: Math.max(1, Math.min(request.timeoutMs ?? TRY_TIMEOUT_MS, remainingMs)),
        onSent: request.onSent,
      });

    let renewed = false;
    const answer = await makeAttempts(options, deadlineMs, async (attempt, remainingMs) => {
      const sinceMs = clock.monotonicMs();
      const left = (): number => remainingMs - (clock.monotonicMs() - sinceMs);
      const token = await tokens.read();
      const begun = request.started === true || attempt > 1;
      const outcome = await sendWith(token, laneOf(priority, begun), left());
      if (outcome.ok) doubt.onGood();
      if (outcome.ok || renewed || !isTokenAtFault(outcome.failure, path)) return outcome;
      renewed = true;
      return sendWith(await tokens.renew(token), laneOf(priority, true), left());
    });

    const parsed = schema.safeParse(answer.body);
    if (parsed.success)
      return { value: parsed.data, headers: answer.headers, sentAtMs: answer.sentAtMs };
    // Where it does not fit, without the value: that may be anything.
    const where = parsed.error.issues[0]?.path.map(String).join('.').slice(0, 120);
    throw new ProblemError(
      toProblem(
        'upstream-unreadable',
        `${method} ${path}: the answer does not fit its form${where ? ` at ${where}` : ''}`,
      ),
    );
  };
}

const laneOf = (priority: Priority, begun: boolean): Lane =>
  priority === 'interactive' ? 'interactive' : begun ? 'started' : 'background';
