import type { FaultSpec, Kind } from './fault';

/** Seeded chance in the forms a recipe needs. */
export interface Dice {
  between(low: number, high: number): number;
  /** Whole, both ends included. */
  whole(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<Value>(values: readonly Value[]): Value;
}

type Recipe<K extends Kind> = (dice: Dice) => Extract<FaultSpec, { kind: K }>;

const RETRY_AFTERS = ['none', 'seconds', 'date', 'garbage'] as const;

const toRetryAfter = (dice: Dice) => ({
  retryAfter: dice.pick(RETRY_AFTERS),
  retryAfterMs: dice.whole(1_000, 20_000),
});

/** One random example of each kind, within what a real bad day brings. */
export const RECIPES: { readonly [K in Kind]: Recipe<K> } = {
  down: () => ({ kind: 'down' }),
  latency: (dice) =>
    dice.chance(0.7)
      ? {
          kind: 'latency',
          fixedMs: dice.whole(0, 3_000),
          tailMedianMs: dice.whole(0, 4_000),
          tailSigma: dice.between(0.3, 1.3),
        }
      : // Late arrivals press a client's requests together: by no more than a stall on the way.
        { kind: 'latency', where: 'request', fixedMs: 60, tailMedianMs: 60, tailSigma: 1 },
  reset: (dice) => ({
    kind: 'reset',
    at: dice.pick(['before', 'within']),
    share: dice.between(0, 1),
  }),
  'slow-body': (dice) => ({
    kind: 'slow-body',
    spreadMs: dice.whole(1_000, 30_000),
    chunks: dice.whole(2, 20),
  }),
  'truncated-body': (dice) => ({ kind: 'truncated-body', share: dice.between(0, 0.99) }),
  status: (dice) => ({
    kind: 'status',
    status: dice.pick([500, 502, 503, 504]),
    form: dice.pick(['api', 'results', 'empty', 'html']),
    ...toRetryAfter(dice),
  }),
  throttled: (dice) => ({ kind: 'throttled', ...toRetryAfter(dice) }),
  html: (dice) => ({ kind: 'html', status: dice.pick([200, 403, 502]) }),
  'content-type': (dice) => ({
    kind: 'content-type',
    value: dice.pick(['text/plain', 'text/html', 'application/octet-stream']),
  }),
  'error-inside': () => ({ kind: 'error-inside' }),
  locked: () => ({ kind: 'locked' }),
  forbidden: () => ({ kind: 'forbidden' }),
  'credentials-refused': () => ({ kind: 'credentials-refused' }),
  'never-ready': () => ({ kind: 'never-ready' }),
  vanish: () => ({ kind: 'vanish' }),
  'token-dies': (dice) => ({
    kind: 'token-dies',
    afterMs: dice.whole(1_000, 60_000),
    status: dice.pick([401, 403]),
  }),
  'clock-off': (dice) => ({ kind: 'clock-off', offsetMs: dice.pick([-300_000, 300_000]) }),
  neighbour: (dice) => ({
    kind: 'neighbour',
    hourShare: dice.between(0.2, 0.5),
    tenSecondsShare: dice.between(0, 0.5),
    pace: dice.pick(['even', 'burst']),
  }),
  'fixed-windows': () => ({ kind: 'fixed-windows' }),
  'rate-headers': (dice) => ({
    kind: 'rate-headers',
    style: dice.pick(['ratelimit', 'x-ratelimit', 'structured']),
  }),
  'rate-unit': (dice) => ({ kind: 'rate-unit', unit: dice.pick(['fraction', 'percent']) }),
  'reference-key': (dice) => ({ kind: 'reference-key', key: dice.pick(['0', 'origin']) }),
  'converted-visits': () => ({ kind: 'converted-visits' }),
  'falling-counts': (dice) => ({ kind: 'falling-counts', share: dice.between(0.05, 0.6) }),
};
