import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '@/lib/core/time/clock';
import type { Log } from '@/lib/server/log/create-log';
import type { Metrics, RouteClass } from '@/lib/server/metrics/create-metrics';

export interface RequestWatch {
  /** Follows a request to its end. */
  readonly onRequest: (request: IncomingMessage, response: ServerResponse) => void;
}

export interface RequestWatchOptions {
  readonly basePath: string;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly log: Log;
  /** Asked when a request ends: the first ones come before there are any. */
  readonly metrics: () => Pick<Metrics, 'onAnswer'> | null;
}

/** Longer than this and somebody waited. */
const SLOW_MS = 1_000;

/** Counts our own answers, and logs those that failed or took long; every one at level debug. Never a query's value. */
export function watchRequests({
  basePath,
  clock,
  log,
  metrics,
}: RequestWatchOptions): RequestWatch {
  return {
    onRequest(request, response) {
      const startedMs = clock.monotonicMs();
      const { method = '', url = '' } = request;
      const [path = '', query = ''] = url.split('?', 2);
      response.once('close', () => {
        const durationMs = clock.monotonicMs() - startedMs;
        const { statusCode: status } = response;
        const route = toRouteClass(path, basePath);
        const isStream = route === 'live' && status === 200 && method === 'GET';
        metrics()?.onAnswer(route, status, isStream ? null : durationMs);
        const line = {
          method: method.slice(0, 10),
          path: path.slice(0, 200),
          asked: namesOf(query),
          status,
          durationMs: Math.round(durationMs),
          // Whoever asked went away before the answer was whole.
          isCutShort: !response.writableFinished,
        };
        if (status >= 500 && route !== 'health') log.warn(line, 'answered with a failure');
        else if (durationMs > SLOW_MS && !isStream) log.info(line, 'answered slowly');
        else log.debug(line, 'answered');
      });
    },
  };
}

/** What was asked for, by the names alone: values may be anything. */
const namesOf = (query: string): string[] =>
  [...new Set(new URLSearchParams(query).keys())].slice(0, 10).map((name) => name.slice(0, 40));

const ASSET = /^\/(_next\/|favicon\.ico$|icon\.svg$)/;

/** One of a handful, whatever is asked for: a figure for each path would grow with everybody who tries one. */
export function toRouteClass(path: string, basePath: string): RouteClass {
  if (!path.startsWith(basePath)) return 'other';
  const own = path.slice(basePath.length) || '/';
  if (own === '/metrics') return 'metrics';
  if (own === '/api/live') return 'live';
  if (own === '/api/health') return 'health';
  if (own.startsWith('/api/')) return 'api';
  if (ASSET.test(own)) return 'asset';
  return own === '/' || own === '/method' || own.startsWith('/experiments/') ? 'page' : 'other';
}
