import 'server-only';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Figurehead } from '@/lib/server/metrics/figurehead';
import { createFigurehead } from '@/lib/server/metrics/figurehead';
import type { LoopWatch } from '@/lib/server/metrics/loop-delay';

/** The figures of this process for Prometheus. Who has them adds a family by `figurehead`, once. */
export interface Metrics {
  readonly figurehead: Figurehead;
  readonly contentType: string;
  read(): Promise<string>;
  /** One answer of our own has ended. `durationMs`: null for a stream, which lasts as long as somebody looks. */
  onAnswer(route: RouteClass, status: number, durationMs: number | null): void;
}

/** Kinds of our own routes; what is asked for decides among these alone. */
export type RouteClass = 'page' | 'api' | 'live' | 'health' | 'metrics' | 'asset' | 'other';

const ANSWERS_S = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 10];

export interface MetricsOptions {
  readonly version: string;
  readonly loop: Pick<LoopWatch, 'last'>;
}

export function createMetrics({ version, loop }: MetricsOptions): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  // They count their own tick as a delay, and each reader resets them for the others.
  for (const { name } of registry.getMetricsAsArray())
    if (name.startsWith('nodejs_eventloop_lag')) registry.removeSingleMetric(name);

  const figurehead = createFigurehead(registry);
  const { gaugeBy, tally, timer } = figurehead;
  gaugeBy('version', 'build_info', 'The version that runs.', () => [[version, 1]]);
  gaugeBy(
    'quantile',
    'event_loop_delay_seconds',
    'How long the process kept others waiting, within the last whole 15 s.',
    () => {
      const last = loop.last();
      return last
        ? [
            ['0.5', last.p50Ms / 1000],
            ['0.99', last.p99Ms / 1000],
            ['1', last.maxMs / 1000],
          ]
        : [];
    },
  );
  const count = tally('http_requests_total', 'Our own answers, by kind of route and status.', [
    'route',
    'status',
  ]);
  const observe = timer(
    'http_request_seconds',
    'Our own answers by kind of route, streams left out.',
    ['route'],
    ANSWERS_S,
  );
  return {
    figurehead,
    contentType: registry.contentType,
    read: () => registry.metrics(),
    onAnswer(route, status, durationMs) {
      count({ route, status: String(status) });
      if (durationMs !== null) observe({ route }, durationMs);
    },
  };
}
