import 'server-only';
import type { KameleoonClient } from '@/lib/server/kameleoon/client';
import type { Figurehead } from '@/lib/server/metrics/figurehead';
import type { Exchange } from '@/lib/server/metrics/watch-fetch';

/** The API answers a list within tenths, a large report within seconds; a try ends after ten or thirty. */
const DURATIONS_S = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

const BREAKER = { closed: 0, 'half-open': 1, open: 2 } as const;

/** Figures of the way to the API and of the budget on it. The answer is told of each request on the wire. */
export function tellUpstream(
  { gauge, gaugeBy, counter, counterBy, timer }: Figurehead,
  client: Pick<KameleoonClient, 'budget' | 'line'>,
): (exchange: Exchange) => void {
  const budget = () => client.budget();
  const windows = (part: 'used' | 'limit') => (): [string, number][] => {
    const { tenSeconds, hour } = budget();
    return [
      ['10s', tenSeconds[part]],
      ['1h', hour[part]],
    ];
  };
  gaugeBy('window', 'budget_used', 'Requests counted in the window now.', windows('used'));
  gaugeBy(
    'window',
    'budget_limit',
    'Requests we allow ourselves in the window, below what the API allows.',
    windows('limit'),
  );
  gaugeBy('lane', 'budget_queued', 'Requests that wait for the budget now.', () =>
    Object.entries(budget().queued),
  );
  counterBy('lane', 'budget_granted_total', 'Requests the budget let out.', () =>
    Object.entries(budget().granted),
  );
  gauge('budget_held_seconds', 'Silence still to come after a 429.', () => budget().heldMs / 1000);
  gauge(
    'budget_neighbour_per_hour',
    'Requests an hour that others on the same credential were learnt to make.',
    () => budget().neighbourPerHour,
  );
  gauge('upstream_in_flight', 'Requests under way to the API.', () => budget().inFlight);
  counter('upstream_429_total', 'Answers 429 of the API.', () => budget().refused429);
  counter('upstream_retries_total', 'Requests that were tried again.', () => {
    return client.line().retries.taken;
  });
  counter(
    'upstream_retries_refused_total',
    'Failures not tried again, because too many others had been.',
    () => client.line().retries.refused,
  );
  gaugeBy(
    'endpoint',
    'upstream_breaker_state',
    'Of each part of the API: 0 asked as usual, 1 tried once, 2 not asked.',
    () =>
      Object.entries(client.line().breakers).map(
        ([part, state]) => [part, BREAKER[state]] as const,
      ),
  );
  const observe = timer(
    'upstream_request_seconds',
    'Requests to the API, from sending until the answer begins, by part of the API and outcome.',
    ['endpoint', 'outcome'],
    DURATIONS_S,
  );
  return ({ endpoint, status, durationMs }) =>
    observe({ endpoint, outcome: toOutcome(status) }, durationMs);
}

/** A handful of outcomes, whatever the API answers. */
function toOutcome(status: number | null): string {
  if (status === null) return 'unreachable';
  if (status === 429) return '429';
  return status >= 200 && status < 600 ? `${Math.floor(status / 100)}xx` : 'other';
}
