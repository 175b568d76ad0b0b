import type { Hono } from 'hono';
import type { Exchange, ExchangeEnv } from '@/lib/sandbox/api/exchange';
import { toldMs } from '@/lib/sandbox/api/exchange';
import { toRateHeaders, type RateHeaders } from '@/lib/sandbox/api/rate-headers';
import type { RateLimiter } from '@/lib/sandbox/api/rate-limiter';
import type { RequestLog } from '@/lib/sandbox/api/request-log';
import type { ResultsJobs } from '@/lib/sandbox/api/results/results-jobs';
import type { Clock } from '@/lib/sandbox/clock';
import { wait, type SetTimer } from '@/lib/sandbox/timer';
import { toAbout } from './about';
import { spoilAnswer } from './answer-faults';
import { breakBody } from './broken-body';
import { ConnectionLost } from './connection-lost';
import type { FaultBoard } from './fault-board';
import { drawTrouble } from './trouble';

interface Line {
  readonly api: Hono<ExchangeEnv>;
  readonly board: FaultBoard;
  readonly log: RequestLog;
  readonly limiter: RateLimiter;
  readonly jobs: ResultsJobs;
  readonly clock: Clock;
  readonly setTimer: SetTimer;
  readonly rateHeaders: RateHeaders;
}

/** The way of a request to the API and back, with what the faults in force do to it. */
export function createAnswer(line: Line): (request: Request) => Promise<Response> {
  const { api, board, log, limiter, jobs, clock, setTimer } = line;

  async function ask(request: Request, exchange: Exchange, isLost: boolean): Promise<Response> {
    const { about } = exchange;
    log.arrive(about.path, exchange.nowMs);
    const found = await api.fetch(request, exchange);
    const answer = await spoilAnswer(found, about, board, toldMs(exchange));
    const style = board.inForce('rate-headers')[0]?.settings.style ?? line.rateHeaders;
    const headers = toHeaders(exchange, style);
    for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value);
    if (isLost) log.lose();
    else log.answer(answer.status);
    return answer;
  }

  function toHeaders(exchange: Exchange, style: RateHeaders): Record<string, string> {
    const { credential, nowMs } = exchange;
    const date = new Date(toldMs(exchange)).toUTCString();
    if (credential === undefined || style === 'none') return { date };
    const windows = limiter.state(credential, nowMs);
    return { date, ...toRateHeaders(style, windows, toldMs(exchange)) };
  }

  return async (request) => {
    const { signal } = request;
    const about = toAbout(request, jobs.experimentOf);
    const trouble = drawTrouble(about, board);
    if (trouble.isDown) throw new ConnectionLost('ECONNREFUSED');
    await wait(setTimer, trouble.delay.requestMs, signal);
    const offsetMs = board
      .strikes('clock-off', about)
      .reduce((sum, { settings }) => sum + settings.offsetMs, 0);
    const exchange = { about, nowMs: clock(), offsetMs };
    const answer = await ask(request, exchange, trouble.isReset);
    await wait(setTimer, trouble.delay.answerMs, signal);
    if (trouble.isReset) throw new ConnectionLost('ECONNRESET');
    if (trouble.body === undefined) return answer;
    return breakBody(answer, trouble.body, setTimer, signal);
  };
}
