import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Question } from '@/lib/core/experiment/question';
import { isProblemError, ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { Clock } from '@/lib/core/time/clock';
import type { CarryEvent } from '@/lib/process/carry-stream';
import { carryStream } from '@/lib/process/carry-stream';
import type { Refusal } from '@/lib/process/refusal';
import { answerRefusal } from '@/lib/process/refusal';
import type { RequestHandler } from '@/lib/process/server';
import type { StreamLimits } from '@/lib/process/stream-caps';
import { createStreamCaps } from '@/lib/process/stream-caps';
import type { Granted } from '@/lib/server/access/granted';
import { grant } from '@/lib/server/access/granted';
import { findViewer } from '@/lib/server/access/viewer';
import { readQuestions } from '@/lib/server/http/input';
import { PRIVATE } from '@/lib/server/http/private';
import { STATUS } from '@/lib/server/http/status';
import type { Log } from '@/lib/server/log/create-log';
import type { ResultsAccess } from '@/lib/server/services/results-access';

export interface LiveOptions {
  readonly access: Pick<ResultsAccess, 'subscribe' | 'checkQuestions'>;
  readonly limits: StreamLimits;
  readonly clock: Pick<Clock, 'setTimer'>;
  readonly log: Pick<Log, 'error'>;
  /** Fraction from 0 (included) to 1. */
  readonly random: () => number;
  /** How long a reader may take nothing; a minute. */
  readonly stalledMs?: number;
}

/** Since the start, but for `open` and `behind`, which are now. */
export interface StreamCounts {
  readonly open: number;
  /** Readers for whom only the newest of each question waits. */
  readonly behind: number;
  readonly opened: number;
  /** Frames handed to a socket. */
  readonly sent: number;
  /** Frames a slow reader never gets, for a newer one took their place. */
  readonly replaced: number;
  /** Readers that took nothing for a minute. */
  readonly letGo: number;
  /** Streams refused by a cap. */
  readonly refused: number;
}

export interface Live {
  /** `GET` and `HEAD` of the stream, in the same form as every route of `app/api`. */
  readonly handle: RequestHandler;
  counts(): StreamCounts;
}

/** `no-transform` keeps proxies from compressing, and so buffering, the stream; nothing follows it on its connection. */
const STREAM_HEADERS = {
  ...PRIVATE,
  'Content-Type': 'text/event-stream; charset=utf-8',
  'X-Accel-Buffering': 'no',
  Connection: 'close',
};

const STALLED_MS = 60_000;
const RETRY_AFTER_FROM_S = 5;
const RETRY_AFTER_TO_S = 15;

/** The live stream, carried by our own server: Next's route handlers cost each viewer several times the memory and time. */
export function createLive(options: LiveOptions): Live {
  const { access, limits, clock, log, random, stalledMs = STALLED_MS } = options;
  const caps = createStreamCaps(limits);
  const counts = { open: 0, behind: 0, opened: 0, sent: 0, replaced: 0, letGo: 0, refused: 0 };

  const count = (event: CarryEvent): void => {
    if (event === 'sent') counts.sent += 1;
    else if (event === 'replaced') counts.replaced += 1;
    else if (event === 'behind') counts.behind += 1;
    else if (event === 'abreast') counts.behind -= 1;
    else if (event === 'let-go') counts.letGo += 1;
    else counts.open -= 1;
  };

  const refuse = (cap: 'total' | 'address'): Refusal => {
    counts.refused += 1;
    const isTotal = cap === 'total';
    const detail = isTotal
      ? `${limits.total} streams are open, which is all this server takes (MAX_STREAMS).`
      : `${limits.perAddress} streams are open from your address (MAX_STREAMS_PER_ADDRESS; behind a proxy on another machine set it to 0).`;
    return {
      status: isTotal ? STATUS['too-many'] : 429,
      problem: toProblem('too-many', detail),
      retryAfterSeconds: spread(RETRY_AFTER_FROM_S, RETRY_AFTER_TO_S, random),
    };
  };

  const open = (
    request: IncomingMessage,
    response: ServerResponse,
    granted: Granted<'read-results'>,
    questions: readonly Question[],
  ): void => {
    const address = String(request.headers['x-verdict-peer'] ?? '');
    const place = caps.take(address);
    if (place !== 'taken') return answerRefusal(response, refuse(place));
    response.once('close', () => caps.give(address));
    counts.open += 1;
    counts.opened += 1;
    response.writeHead(200, STREAM_HEADERS);
    carryStream({
      response,
      subscribe: (onFrame, onEnd) => access.subscribe(granted, questions, onFrame, onEnd),
      clock,
      random,
      stalledMs,
      onEvent: count,
    });
  };

  return {
    async handle(request, response) {
      try {
        const granted = grant(findViewer(toHeaders(request)), 'read-results');
        if (!granted) throw new ProblemError(toProblem('forbidden', 'You may not see this.'));
        const questions = readQuestions(null, toQuery(request));
        // All that can be refused is refused before the first byte.
        access.checkQuestions(granted, questions);
        if (request.method === 'HEAD') return void response.writeHead(200, STREAM_HEADERS).end();
        // Whoever left while it waited for us will not leave again.
        if (response.destroyed) return;
        // Asked for behind an answer that is still under way, as no browser does: nothing would tell of its end.
        if (!response.socket) return void request.socket.destroy();
        open(request, response, granted, questions);
      } catch (error) {
        if (!isProblemError(error))
          log.error({ err: error }, 'a stream failed for a reason nobody foresaw');
        if (response.headersSent) return void response.destroy();
        const problem = isProblemError(error)
          ? error.problem
          : toProblem('internal', 'Something went wrong on our side.');
        answerRefusal(response, { status: STATUS[problem.code], problem });
      }
    },
    counts: () => ({ ...counts }),
  };
}

function toHeaders({ headers }: IncomingMessage): Headers {
  const all = new Headers();
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) all.set(name, Array.isArray(value) ? value.join(', ') : value);
  return all;
}

const toQuery = ({ url = '' }: IncomingMessage): URLSearchParams => {
  const at = url.indexOf('?');
  return new URLSearchParams(at === -1 ? '' : url.slice(at + 1));
};

const spread = (from: number, to: number, random: () => number): number =>
  Math.round(from + random() * (to - from));
