import type { About } from '@/lib/sandbox/faults/about';
import type { Principal } from '@/lib/sandbox/state/principal';

/** One request on its way through the API; what Hono calls the environment. */
export interface Exchange {
  readonly about: About;
  /** When the API saw it: windows, tokens and jobs go by this. */
  readonly nowMs: number;
  /** How far the server's idea of the time is off: added to every date it tells. */
  readonly offsetMs: number;
  /** Whose windows it counts against, as soon as that is known. */
  credential?: string;
  /** Who asks; set by the guard, so every route below it has one. */
  principal?: Principal;
}

/** Type of a Hono app whose handlers see the exchange as `c.env`. */
export interface ExchangeEnv {
  Bindings: Exchange;
}

/** The time as the server tells it. */
export function toldMs({ nowMs, offsetMs }: Exchange): number {
  return nowMs + offsetMs;
}
