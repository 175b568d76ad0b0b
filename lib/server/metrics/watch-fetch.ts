import 'server-only';
import type { Clock } from '@/lib/core/time/clock';
import type { Endpoint } from '@/lib/server/kameleoon/endpoint';
import { toEndpoint } from '@/lib/server/kameleoon/endpoint';

/** One request on the wire, as figures need it. */
export interface Exchange {
  readonly endpoint: Endpoint;
  /** null: no answer. */
  readonly status: number | null;
  /** From sending until the answer began, or was given up. */
  readonly durationMs: number;
}

/** The same `fetch`, which tells of each request how it ended. */
export const watchFetch =
  (
    fetch: typeof globalThis.fetch,
    {
      baseUrl,
      clock,
      onExchange,
    }: {
      readonly baseUrl: string;
      readonly clock: Pick<Clock, 'monotonicMs'>;
      readonly onExchange: (exchange: Exchange) => void;
    },
  ): typeof globalThis.fetch =>
  async (input, init) => {
    const path = String(input).slice(baseUrl.length).split('?', 1)[0] ?? '';
    const sentMs = clock.monotonicMs();
    let status: number | null = null;
    try {
      const response = await fetch(input, init);
      status = response.status;
      return response;
    } finally {
      const durationMs = clock.monotonicMs() - sentMs;
      onExchange({ endpoint: toEndpoint(path), status, durationMs });
    }
  };
